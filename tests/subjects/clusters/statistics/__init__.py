"""Tests of clusterreport.subjects.clusters.statistics."""
