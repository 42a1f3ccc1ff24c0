# Terraform: the function, the rule that calls it, and the topic that it publishes to.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "package" {
  description = "A zip file with bootstrap in it, as built by the README's command"
  type        = string
}

variable "email" {
  description = "Who is told"
  type        = string
}

variable "language" {
  description = "The language of the texts: en or de"
  type        = string
  default     = "en"

  validation {
    condition     = contains(["en", "de"], var.language)
    error_message = "The language is en or de."
  }
}

resource "aws_sns_topic" "diagnoses" {
  name = "copydoctor"
}

resource "aws_sns_topic_subscription" "email" {
  topic_arn = aws_sns_topic.diagnoses.arn
  protocol  = "email"
  endpoint  = var.email
}

# What the function could not handle after two more attempts is kept for two weeks.
resource "aws_sqs_queue" "failed" {
  name                      = "copydoctor-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/copydoctor"
  retention_in_days = 90
}

resource "aws_iam_role" "function" {
  name = "copydoctor"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# All that the function may do.
resource "aws_iam_role_policy" "function" {
  name = "copydoctor"
  role = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "PublishDiagnoses"
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.diagnoses.arn
      },
      {
        Sid      = "WriteLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.function.arn}:*"
      },
      {
        Sid      = "KeepWhatFailed"
        Effect   = "Allow"
        Action   = "sqs:SendMessage"
        Resource = aws_sqs_queue.failed.arn
      },
    ]
  })
}

resource "aws_lambda_function" "copydoctor" {
  function_name    = "copydoctor"
  description      = "Diagnoses copy jobs of AWS Backup"
  role             = aws_iam_role.function.arn
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  handler          = "bootstrap"
  runtime          = "provided.al2023"
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 15

  environment {
    variables = {
      COPYDOCTOR_TOPIC_ARN = aws_sns_topic.diagnoses.arn
      COPYDOCTOR_LANG      = var.language
    }
  }

  depends_on = [aws_cloudwatch_log_group.function]
}

resource "aws_lambda_function_event_invoke_config" "copydoctor" {
  function_name = aws_lambda_function.copydoctor.function_name

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_cloudwatch_event_rule" "copy_job_failed" {
  name        = "copydoctor"
  description = "Copy jobs of AWS Backup that failed"
  event_pattern = jsonencode({
    source        = ["aws.backup"]
    "detail-type" = ["Copy Job State Change"]
    detail        = { state = ["FAILED", "PARTIAL"] }
  })
}

resource "aws_cloudwatch_event_target" "function" {
  rule = aws_cloudwatch_event_rule.copy_job_failed.name
  arn  = aws_lambda_function.copydoctor.arn
}

resource "aws_lambda_permission" "events" {
  statement_id  = "EventsOfThisRule"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.copydoctor.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.copy_job_failed.arn
}
