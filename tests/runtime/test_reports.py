"""Reports kept with a run: by branch, within bounds, and made while training goes on."""

from dataclasses import replace

import numpy as np

from nnviz.engine.branch_tree import BranchTree  # noqa: F401 - the branches under test are its own
from nnviz.engine.report import Report, report
from nnviz.runtime import messages
from nnviz.runtime.reports import MOST, Reports
