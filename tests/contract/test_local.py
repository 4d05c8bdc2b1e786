import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.tracker_contract import TrackerContract
from tracksync.trackers.local import LocalTracker
from tracksync.trackers.local_people import LocalPeople

CREATE = """
import sys
from pathlib import Path
from tests.contract.tracker_contract import draft
from tracksync.trackers.local import LocalTracker
for _ in range(int(sys.argv[2])):
    print(LocalTracker(Path(sys.argv[1])).create(draft()).ref.number)
"""


class TestLocalTracker(TrackerContract):
    @pytest.fixture(autouse=True)
    def place(self, tmp_path: Path):
        self.path = tmp_path / ".tracksync" / "tracker.db"

    def make_tracker(self):
        return LocalTracker(self.path)

    def person(self):
        return LocalPeople(self.path)

    def creating_process(self, count):
        command = [sys.executable, "-c", CREATE, str(self.path), str(count)]
        root = Path(__file__).parents[2]
        return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
