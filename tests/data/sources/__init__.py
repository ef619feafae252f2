"""Tests of clusterreport.data.sources."""
