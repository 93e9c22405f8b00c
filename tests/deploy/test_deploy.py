"""What `deploy/` says fits this program: settings exist, units and configurations are read by their own programs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from masthead.command import main
from masthead.config.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())
UNITS = [path for path in FILES if path.suffix in (".service", ".timer")]
SETTINGS = {f"MASTHEAD_{name.upper()}" for name in Settings.model_fields}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    assert set(re.findall(r"MASTHEAD_[A-Z_]+[A-Z]", file.read_text(encoding="utf-8"))) <= SETTINGS


@pytest.mark.parametrize("name", ["web", "worker"])
def test_the_settings_of_the_compose_file_can_be_used(
    compose: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"HOUSE_NAME": "read.example.org", "SECRET_KEY": "k" * 40, "DATABASE_PASSWORD": "d", "STORAGE_SECRET": "s"}
    defaults = {"MAIL": "", "MAIL_FROM": "masthead@localhost"}

    def filled(value: str) -> str:
        return re.sub(r"\$\{(\w+)[^}]*\}", lambda found: {**given, **defaults}[found[1]], value)

    environment = {key: filled(str(value)) for key, value in compose["services"][name]["environment"].items()}
    for key in SETTINGS:
        monkeypatch.delenv(key, raising=False)
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    settings = Settings()
    assert settings.storage == "s3://masthead"
    assert settings.queue
    assert settings.host_names[0] == "read.example.org"
    example = (DEPLOY / "house.env.example").read_text(encoding="utf-8")
    assert {*given, *defaults} <= set(re.findall(r"^(\w+)=", example, re.MULTILINE)), "the example names them all"


def test_the_house_in_containers_has_no_rights_and_says_how_it_is(compose: dict[str, Any]) -> None:
    for name in ("web", "worker", "bucket"):
        service = compose["services"][name]
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True
        assert service["security_opt"] == ["no-new-privileges:true"]
    for name, service in compose["services"].items():
        assert ("ports" in service) == (name == "proxy"), "nothing but the proxy can be reached from outside"
        assert set(service.get("depends_on", ())) <= set(compose["services"])
    image = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER masthead$", image, re.MULTILINE)
    assert "/health" in image


def test_commands_exist(compose: dict[str, Any]) -> None:
    commands = main.commands  # type: ignore[attr-defined]
    assert compose["services"]["web"]["command"][0] in commands
    assert compose["services"]["worker"]["command"][0] in commands
    for unit in DEPLOY.glob("*.service"):
        started = re.search(
            r"^ExecStart=/opt/masthead/bin/masthead (\w+)", unit.read_text(encoding="utf-8"), re.MULTILINE
        )
        assert started is not None
        assert started[1] in commands


def has_compose() -> bool:
    docker = shutil.which("docker")
    if docker is None:
        return False
    return subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not has_compose(), reason="docker compose is not installed")
def test_docker_reads_the_compose_file() -> None:
    files = ["-f", str(DEPLOY / "compose.yaml"), "--env-file", str(DEPLOY / "house.env.example")]
    command = ["docker", "compose", *files, "config", "--quiet", "--no-interpolate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_the_units(unit: Path) -> None:
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if unit.name in line and "is not executable" not in line]
    assert said == []


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_nginx_understands_its_configuration(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["-keyout", str(key), "-out", str(certificate), "-subj", "/CN=read.example.org", "-days", "1"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made], check=True, capture_output=True)
    written = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    written = written.replace("/etc/ssl/private/read.example.org.key", str(key))
    written = written.replace("/etc/ssl/certs/read.example.org.pem", str(certificate))
    written = written.replace("/var/cache/nginx/masthead", str(tmp_path / "cache"))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; error_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{written}\n}}\n")
    done = subprocess.run(
        ["nginx", "-t", "-c", str(whole), "-p", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
