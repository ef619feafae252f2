"""Tests of clusterreport.app."""
