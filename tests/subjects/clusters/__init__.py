"""Tests of clusterreport.subjects.clusters."""
