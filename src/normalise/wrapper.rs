//! What SDKs put around a service's message: the parts that name service, operation, code and request.
//!
//! These parts are evidence of where a message came from, not of what went wrong, so they never count
//! as words that a diagnosis leaves unexplained.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What a part of a wrapper says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrapperField {
    /// The service that was called.
    Service,
    /// The API operation.
    Operation,
    /// The HTTP status.
    StatusCode,
    /// The error code.
    ErrorCode,
    /// The request id.
    RequestId,
}

/// The wrappers of one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrapper {
    /// Which byte ranges of the message are wrapper.
    pub ranges: Vec<Range<usize>>,
    /// Where the message says what.
    pub fields: Vec<(WrapperField, Range<usize>)>,
}

/// The suffix of the AWS SDK for Java, v1 (`; `) and v2 (`, `), as AWS's services pass it on, also in
/// the wording of AWS's German pages.
static JAVA_SUFFIX: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"\(\s*(?i-u:service|dienst)\s*:[^()]*\)(?:\s*\(\s*(?i-u:SDK Attempt Count):[^()]*\))?")
});

/// The suffix of the AWS SDK for Go, v1, as Kubernetes tools pass it on.
static GO_SUFFIX: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?-u:\b)(?i-u:status code):\s*(?P<status>[0-9]{3}),\s*(?i-u:request id):\s*(?P<request>[0-9A-Za-z-]*)",
    )
});

/// What SDKs put in front: botocore's `An error occurred (Code) when calling the Operation operation: `, that of the
/// SDK for Go v2, and the names of exceptions, with or without their package.
static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"(?i-u:an error occur+ed \((?P<botocore>[0-9A-Za-z._]+)\)",
        r"(?: when calling the (?P<botocore_operation>[0-9A-Za-z]+) operation(?: \((?u:[^()]*)\))?)?(?u:\s*):)",
        r"|(?i-u:operation error (?P<service>[0-9A-Za-z ]{2,40}): (?P<operation>[0-9A-Za-z]+),",
        r"(?: exceeded maximum number of attempts, [0-9]+,)? https response error StatusCode: (?P<status>[0-9]{3}),",
        r" RequestID: (?P<request>[0-9A-Za-z-]+),(?: api error (?P<go>[0-9A-Za-z.]+):)?)",
        r"|(?-u:\b)(?:[a-z][0-9A-Za-z_]*\.)*(?P<exception>[A-Z][0-9A-Za-z]*(?:Exception|Error|Fault))\s*:",
    ))
});

/// AWS's own category of a message, which the console puts in front of it. It is no evidence: AWS finds it by looking
/// for parts of the text, and calls a trouble with the organization `Access denied`.
const CONSOLE_LABELS: [&str; 17] = [
    "access denied",
    "zugriff verweigert",
    "access key error",
    "concurrent job",
    "fatal error",
    "feature not enabled",
    "invalid lifecycle",
    "invalid state",
    "job expired",
    "kms key error",
    "limit exceeded",
    "miscellaneous",
    "resource not found",
    "resource not supported",
    "tag copy error",
    "token expired",
    "unsupported operation",
];

#[expect(clippy::expect_used, reason = "the expressions are constants, and a test compiles each of them")]
fn compile(expression: &str) -> Regex {
    Regex::new(expression).expect("a constant expression is well-formed")
}

impl Wrapper {
    /// Finds the wrappers in a message as it was written.
    ///
    /// ```
    /// use copydoctor::normalise::{Wrapper, WrapperField};
    /// let message = "No. (Service: AmazonEC2; Status Code: 400; Request ID: ; Proxy: null)";
    /// let (field, range) = &Wrapper::of(message).fields[0];
    /// assert_eq!((*field, &message[range.clone()]), (WrapperField::Service, "AmazonEC2"));
    /// ```
    #[must_use]
    pub fn of(original: &str) -> Self {
        // An expression that may begin anywhere costs more than all else; a look for a part of it costs nothing.
        let holds = |parts: &[&str]| parts.iter().any(|part| original.contains(part));
        let mut wrapper = Self::default();
        if original.contains('(') && holds(&["ervice", "ienst", "ERVICE", "IENST"]) {
            for suffix in JAVA_SUFFIX.find_iter(original) {
                wrapper.ranges.push(suffix.range());
                wrapper.fields.extend(java_fields(original, suffix.range()));
            }
        }
        if holds(&["rror", "RROR", "xception", "Fault"]) {
            PREFIX.captures_iter(original).for_each(|parts| wrapper.add(&parts));
        }
        if holds(&["equest id", "equest ID", "EQUEST ID"]) {
            GO_SUFFIX.captures_iter(original).for_each(|parts| wrapper.add(&parts));
        }
        wrapper.ranges.extend(console_label(original));
        wrapper
    }

    /// Whether a byte range of the message lies within a wrapper.
    #[must_use]
    pub fn covers(&self, range: &Range<usize>) -> bool {
        self.ranges.iter().any(|part| part.start <= range.start && range.end <= part.end)
    }

    fn add(&mut self, parts: &Captures<'_>) {
        let Some(whole) = parts.get(0).map(|whole| whole.range()) else { return };
        if self.covers(&whole) {
            return;
        }
        self.ranges.push(whole);
        for (name, field) in [
            ("service", WrapperField::Service),
            ("botocore", WrapperField::ErrorCode),
            ("go", WrapperField::ErrorCode),
            ("exception", WrapperField::ErrorCode),
            ("botocore_operation", WrapperField::Operation),
            ("operation", WrapperField::Operation),
            ("status", WrapperField::StatusCode),
            ("request", WrapperField::RequestId),
        ] {
            let value = parts.name(name).filter(|value| !value.is_empty());
            self.fields.extend(value.map(|value| (field, value.range())));
        }
    }
}

/// The console's label at the beginning of a message, with what separates it from the rest.
fn console_label(message: &str) -> Option<Range<usize>> {
    let begin = message
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '*' | '„' | '“' | '"' | '\''));
    let rest = CONSOLE_LABELS.iter().find_map(|label| {
        let (own, rest) = begin.split_at_checked(label.len())?;
        let is_same =
            |(one, other): (u8, u8)| one.eq_ignore_ascii_case(&other) || (one == b'_' && other == b' ');
        own.bytes().zip(label.bytes()).all(is_same).then(|| rest.trim_start_matches('*'))
    })?;
    let behind = rest.trim_start();
    let length = |rest: &str| message.len() - rest.len();
    let space = rest.get(..rest.len() - behind.len()).unwrap_or_default();
    if let Some(behind) = behind.strip_prefix(':') {
        return Some(0..length(behind));
    }
    if let Some(behind) = behind.strip_prefix(['–', '—', '-']) {
        let first = behind.chars().next().filter(|first| first.is_whitespace());
        if let Some(space) = first {
            return Some(0..length(behind) + space.len_utf8());
        }
    }
    space.rfind('\n').map(|end| 0..length(rest) + end + 1)
}

fn java_fields(original: &str, suffix: Range<usize>) -> impl Iterator<Item = (WrapperField, Range<usize>)> {
    let mut behind = suffix.start;
    original.get(suffix).unwrap_or_default().split(['(', ')', ';', ',']).filter_map(move |part| {
        let end = behind + part.len();
        behind = end + 1;
        let (name, value) = part.split_once(':')?;
        let name: String = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        let field = match name.as_str() {
            "service" | "dienst" => WrapperField::Service,
            "statuscode" => WrapperField::StatusCode,
            "errorcode" | "fehlercode" => WrapperField::ErrorCode,
            "requestid" | "anforderungsid" | "anfrageid" => WrapperField::RequestId,
            _ => return None,
        };
        let start = end - value.trim_start().len();
        let value = start..start + value.trim().len();
        (!value.is_empty()).then_some((field, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(message: &str) -> Vec<(WrapperField, String)> {
        let texts = |(field, range): (WrapperField, Range<usize>)| (field, message[range].to_owned());
        Wrapper::of(message).fields.into_iter().map(texts).collect()
    }

    #[test]
    fn the_suffix_of_sdk_version_1() {
        let message = "Specify another snapshot. (Service: AmazonEC2; Status Code: 400; \
                       Error Code: InvalidParameter; Request ID: 0e2f-17; Proxy: null)";
        assert_eq!(
            fields(message),
            [
                (WrapperField::Service, "AmazonEC2".into()),
                (WrapperField::StatusCode, "400".into()),
                (WrapperField::ErrorCode, "InvalidParameter".into()),
                (WrapperField::RequestId, "0e2f-17".into()),
            ]
        );
    }

    #[test]
    fn the_suffix_of_sdk_version_2() {
        let message = "Denied (Service: Rds, Status Code: 400, Request ID: 17-ab) (SDK Attempt Count: 1)";
        let wrapper = Wrapper::of(message);
        assert_eq!(wrapper.fields.len(), 3);
        assert!(wrapper.covers(&("Denied ".len()..message.len())));
    }

    #[test]
    fn the_suffix_on_awss_german_page_has_no_request_id() {
        let message =
            "(Service: Amazon EC2; Statuscode: 400; Fehlercode: InvalidParameter; Request ID: ; Proxy: null)";
        assert_eq!(
            fields(message),
            [
                (WrapperField::Service, "Amazon EC2".into()),
                (WrapperField::StatusCode, "400".into()),
                (WrapperField::ErrorCode, "InvalidParameter".into()),
            ]
        );
    }

    #[test]
    fn the_prefix_of_botocore() {
        let message = "An error occurred (KMSKeyNotAccessibleFault) when calling the CopyDBSnapshot operation \
                       (reached max retries: 4): The source snapshot KMS key does not exist";
        assert_eq!(
            fields(message),
            [
                (WrapperField::ErrorCode, "KMSKeyNotAccessibleFault".into()),
                (WrapperField::Operation, "CopyDBSnapshot".into()),
            ]
        );
    }

    #[test]
    fn the_prefix_of_the_sdk_for_go_version_2() {
        let message = "operation error EC2: CopySnapshot, https response error StatusCode: 400, RequestID: 12f4-aa, \
                       api error OperationNotPermitted: Encrypted snapshots cannot be shared";
        assert_eq!(
            fields(message),
            [
                (WrapperField::Service, "EC2".into()),
                (WrapperField::ErrorCode, "OperationNotPermitted".into()),
                (WrapperField::Operation, "CopySnapshot".into()),
                (WrapperField::StatusCode, "400".into()),
                (WrapperField::RequestId, "12f4-aa".into()),
            ]
        );
    }

    #[test]
    fn the_suffix_of_the_sdk_for_go_version_1() {
        let message = "Not authorized\n\tstatus code: 403, request id: 9d88-4ab8";
        let wrapper = Wrapper::of(message);
        assert!(wrapper.covers(&(message.find("status").expect("it is there")..message.len())));
        assert!(fields(message).contains(&(WrapperField::RequestId, "9d88-4ab8".into())));
    }

    #[test]
    fn names_of_exceptions_with_their_packages() {
        for message in [
            "com.amazonaws.services.ec2.model.AmazonEC2Exception: No",
            "software.amazon.awssdk.services.rds.model.KmsKeyNotAccessibleException: No",
            "botocore.errorfactory.KMSKeyNotAccessibleFault: No",
            "InvalidParameterException : No",
        ] {
            assert!(Wrapper::of(message).covers(&(0..message.len() - " No".len())), "{message}");
        }
    }

    #[test]
    fn the_consoles_label_in_front_is_a_wrapper_and_within_a_message_it_is_none() {
        for (label, rest) in [
            ("Access denied:", " No"),
            ("„Zugriff verweigert:", " No“"),
            ("KMS_KEY_ERROR - ", "No"),
            ("Access denied —\u{a0}", "No"),
            ("**Access denied** \r\n", " No"),
        ] {
            assert!(Wrapper::of(&format!("{label}{rest}")).ranges.contains(&(0..label.len())), "{label}");
        }
        for message in [
            "Access denied",
            "Access denied -x",
            "Access-denied: x",
            "Access denied trying to call AWS Backup service",
            "Error: Access denied: x",
        ] {
            assert_eq!(Wrapper::of(message), Wrapper::default(), "{message}");
        }
    }

    #[test]
    fn brackets_alone_are_no_wrapper() {
        assert_eq!(Wrapper::of("encrypted by a customer master key (CMK) may be copied"), Wrapper::default());
    }
}
