"""Tests of clusterreport.subjects."""
