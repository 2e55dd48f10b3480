"""The partnerships that come with the portal: a JSON file for each, and a CSV file of its local areas."""

import json
from pathlib import Path
from typing import Any

from partnership.fields.tables import text_of
from partnership.refusals import Refused

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Return the names of the profiles that come with the portal, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def profile_file(name: str) -> Path:
    """Return the file of a profile that comes with the portal."""
    if name not in names():
        raise Refused("no_profile", f"There is no profile {name!r}; there are {', '.join(names())}. Or give a file.")
    return FOLDER / f"{name}.json"


def areas_file(profile: Path) -> Path | None:
    """Return the file of areas that belongs to a profile, if there is one."""
    beside = profile.with_name(f"{profile.stem}_areas.csv")
    return beside if beside.exists() else None


def read_profile(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file. Refused: unreadable, with a sentence that names the file and what is wrong."""
    try:
        profile = json.loads(text_of(path.read_bytes()))
    except OSError as error:
        raise Refused("unreadable", f"{path} cannot be read: {error.strerror}.") from error
    except json.JSONDecodeError as error:
        raise Refused("unreadable", f"{path} is not JSON: look at line {error.lineno}.") from error
    except (ValueError, RecursionError) as error:
        raise Refused("unreadable", f"{path} is not a text file with a JSON object.") from error
    if not isinstance(profile, dict):
        raise Refused("unreadable", f"{path} must hold one JSON object.")
    return profile
