"""Tests of clusterreport.statistics."""
