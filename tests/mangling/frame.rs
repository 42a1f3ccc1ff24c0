//! Manglings that leave a message whole and put something around it: logs, SDKs, consoles, the details of a job.

use super::Mangling;

pub(super) const LOGS: &[Mangling] = &[
    Mangling::keeping("ISO log line", |message| {
        format!("2025-07-02T05:08:08.704Z ERROR [backup-monitor] copy job failed: {message}")
    }),
    Mangling::keeping("syslog line", |message| {
        format!("Jul  2 05:08:08 ip-10-0-0-1 monitor[4711]: StatusMessage={message}")
    }),
    Mangling::keeping("syslog line with priority", |message| {
        format!("<11>1 2025-07-02T05:08:08Z ip-10-0-0-1 monitor 4711 - - {message}")
    }),
    Mangling::keeping("Java log line", |message| {
        format!("05:08:08.704 [main] ERROR com.example.backup.CopyMonitor - {message}")
    }),
    Mangling::keeping("Python log line", |message| {
        format!("2025-07-02 05:08:08,704 - copy_monitor - ERROR - {message}")
    }),
    Mangling::keeping("Python log line without a format", |message| format!("ERROR:root:{message}")),
    Mangling::keeping("CloudWatch line", |message| {
        format!("2025-07-02T05:08:08.704Z\t8f1c9d1e-0f0e-4d43-a3a5-0c5be1d5c926\tERROR\t{message}")
    }),
    Mangling::keeping("CloudWatch line of Python", |message| {
        format!("[ERROR]\t2025-07-02T05:08:08.704Z\t8f1c9d1e-0f0e-4d43-a3a5-0c5be1d5c926\t{message}")
    }),
    Mangling::keeping("key-value log line", |message| {
        format!("time=2025-07-02T05:08:08Z level=error msg=\"{message}\"")
    }),
];

pub(super) const SDKS: &[Mangling] = &[
    Mangling::keeping("botocore", |message| {
        format!("An error occurred (X) when calling the CopyDBSnapshot operation: {message}")
    }),
    Mangling::keeping("botocore with retries", |message| {
        format!(
            "botocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the \
             StartCopyJob operation (reached max retries: 4): {message}"
        )
    }),
    Mangling::keeping("SDK for Java v1", |message| {
        format!("{message} (Service: Rds; Status Code: 400; Error Code: X; Request ID: 1-a; Proxy: null)")
    }),
    Mangling::keeping("exception of the SDK for Java v1", |message| {
        format!(
            "com.amazonaws.services.ec2.model.AmazonEC2Exception: {message} (Service: AmazonEC2; Status Code: \
             400; Error Code: InvalidParameter; Request ID: 8f1c9d1e-0f0e-4d43-a3a5-0c5be1d5c926)"
        )
    }),
    Mangling::keeping("SDK for Java v2", |message| {
        format!("{message} (Service: Rds, Status Code: 400, Request ID: 1-a) (SDK Attempt Count: 1)")
    }),
    Mangling::keeping("exception of the SDK for Java v2", |message| {
        format!(
            "software.amazon.awssdk.services.rds.model.RdsException: {message} (Service: Rds, Status Code: 400, \
             Request ID: 8f1c9d1e-0f0e-4d43-a3a5-0c5be1d5c926, Extended Request ID: null)"
        )
    }),
    Mangling::keeping("SDK for Go v1", |message| {
        format!(
            "InvalidParameterValue: {message}\n\tstatus code: 400, request id: \
             8f1c9d1e-0f0e-4d43-a3a5-0c5be1d5c926"
        )
    }),
    Mangling::keeping("SDK for Go v2", |message| {
        format!(
            "operation error EC2: CopySnapshot, https response error StatusCode: 400, RequestID: \
             8f1c9d1e-0f0e-4d43-a3a5-0c5be1d5c926, api error InvalidParameter: {message}"
        )
    }),
    Mangling::keeping("AWS CLI", |message| {
        format!(
            "\nAn error occurred (InvalidParameterValueException) when calling the StartCopyJob operation: {message}\n"
        )
    }),
];

pub(super) const CONSOLE: &[Mangling] = &[
    Mangling::keeping("English label", |message| format!("Access denied: {message}")),
    Mangling::keeping("German label", |message| format!("Zugriff verweigert: {message}")),
    Mangling::keeping("quoted German label", |message| format!("„Zugriff verweigert: {message}“")),
    Mangling::keeping("label on a line of its own", |message| format!("Access denied\n{message}")),
    Mangling::keeping("category", |message| format!("FATAL_ERROR: {message}")),
    Mangling::keeping("name of the field", |message| format!("Status message\n{message}")),
    Mangling::keeping("German name of the field", |message| format!("Statusmeldung: {message}")),
];

pub(super) const JOB_DETAILS: &[Mangling] = &[
    Mangling::keeping("id of the job in front", |message| {
        format!("Copy job 47C8EF56-74D8-059D-1301-C5BE1D5C926E failed: {message}")
    }),
    Mangling::keeping("id of the job behind", |message| {
        format!("{message} (CopyJobId: 47C8EF56-74D8-059D-1301-C5BE1D5C926E)")
    }),
    Mangling::keeping("Region in front", |message| format!("eu-central-1: {message}")),
    Mangling::keeping("Region behind", |message| format!("{message} [eu-central-1]")),
    Mangling::keeping("ARN of the recovery point in front", |message| {
        format!("arn:aws:ec2:eu-west-1::snapshot/snap-0123456789abcdef0 {message}")
    }),
    Mangling::keeping("ARNs behind", |message| {
        format!(
            "{message} arn:aws:backup:eu-west-1:111122223333:backup-vault:prod -> \
             arn:aws:backup:eu-central-1:444455556666:backup-vault:dr"
        )
    }),
    Mangling::keeping("row of a table", |message| {
        format!(
            "47C8EF56-74D8-059D-1301-C5BE1D5C926E  FAILED  111122223333  eu-west-1  2025-07-02 05:08:08  {message}"
        )
    }),
    Mangling::keeping("notice in front", |message| {
        format!(
            "Copy job failed. Account 111122223333, Region eu-west-1, \
             resource arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0. Status message: {message}"
        )
    }),
];

pub(super) const TWICE: &[Mangling] = &[
    Mangling::keeping("twice on one line", |message| format!("{message} {message}")),
    Mangling::keeping("twice on two lines", |message| format!("{message}\n{message}")),
];
