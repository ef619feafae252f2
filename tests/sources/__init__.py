"""Tests of clusterreport.sources."""
