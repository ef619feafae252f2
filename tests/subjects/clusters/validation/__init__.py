"""Tests of clusterreport.subjects.clusters.validation."""
