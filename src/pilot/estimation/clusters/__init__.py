"""Inference by clusters: CR2 with Satterthwaite and HTZ, and the wild cluster bootstrap."""

from pilot.estimation.clusters.degrees import ContrastTest
from pilot.estimation.clusters.robust import ClusterRobust, cluster_robust
from pilot.estimation.clusters.wild import WildBootstrap, wild_bootstrap

__all__ = ["ClusterRobust", "ContrastTest", "WildBootstrap", "cluster_robust", "wild_bootstrap"]
