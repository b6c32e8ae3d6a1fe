"""Transforms a SAM template and deploys it to moto's CloudFormation, as far as moto can.

Needs moto[cloudformation] 5.2.1 and SAM's translator. What moto 5.2.1 cannot is done for it: it
makes no name that ends in .fifo for a FIFO queue without a name, and an alarm has no Arn attribute
there, and a queue feeds functions only, no aliases. Everything else is the template as it is.
"""

import json
import os
import sys

os.environ.update(AWS_DEFAULT_REGION="eu-west-1", AWS_ACCESS_KEY_ID="moto", AWS_SECRET_ACCESS_KEY="moto")

import boto3
from moto import mock_aws
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """The template names none."""

    def load(self):
        return {}


def transformed(path):
    with open(path) as file:
        template = yaml_parse(file.read())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    return transform(template, {}, NoManagedPolicies())


def without_what_moto_lacks(template):
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::SQS::Queue" and resource["Properties"].get("FifoQueue"):
            resource["Properties"]["QueueName"] = name + ".fifo"
        if resource["Type"] == "AWS::Lambda::EventSourceMapping":
            alias = template["Resources"][resource["Properties"]["FunctionName"]["Ref"]]
            resource["Properties"]["FunctionName"] = alias["Properties"]["FunctionName"]
        if resource["Type"] == "AWS::CloudWatch::Dashboard":
            body = resource["Properties"]["DashboardBody"]
            body["Fn::Sub"] = body["Fn::Sub"].replace("Alarm.Arn}", "Alarm}")
    return template


@mock_aws
def deploy(template, parameters):
    place = {"LocationConstraint": "eu-west-1"}
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="bucket", CreateBucketConfiguration=place)
    s3.put_object(Bucket="bucket", Key="key", Body=b"no code")
    s3.put_object(Bucket="bucket", Key="template", Body=json.dumps(template))
    formation = boto3.client("cloudformation")
    formation.create_stack(
        StackName="shepherd",
        TemplateURL="https://bucket.s3.eu-west-1.amazonaws.com/template",
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
    )
    stack = formation.describe_stacks(StackName="shepherd")["Stacks"][0]
    pages = formation.get_paginator("list_stack_resources").paginate(StackName="shepherd")
    made = {found["LogicalResourceId"] for page in pages for found in page["StackResourceSummaries"]}
    mappings = boto3.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    rules = boto3.client("events").list_rules()["Rules"]
    alarms = boto3.client("cloudwatch").describe_alarms()["MetricAlarms"]
    return stack, made, {"mappings": len(mappings), "rules": len(rules), "alarms": len(alarms)}


template = without_what_moto_lacks(transformed(sys.argv[1]))
stack, made, counts = deploy(template, {"NotificationEmail": "people@example.com"})
wanted = {
    name
    for name, resource in template["Resources"].items()
    if resource.get("Condition") in (None, "HasEmail")
}
print(f"moto: {stack['StackStatus']}, {len(made)} of {len(wanted)} resources, {counts}")
lacking = sorted({template["Resources"][name]["Type"] for name in wanted - made})
if lacking:
    print("moto does not make: " + ", ".join(lacking))
if stack["StackStatus"] != "CREATE_COMPLETE":
    sys.exit(1)
