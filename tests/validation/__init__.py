"""Tests of clusterreport.validation."""
