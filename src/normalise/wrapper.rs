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
    /// What the wrappers say, as written.
    pub fields: Vec<(WrapperField, String)>,
}

/// The suffix of the AWS SDK for Java, v1 (`; `) and v2 (`, `), as AWS's services pass it on, also in
/// the wording of AWS's German pages.
static JAVA_SUFFIX: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"(?i)\(\s*(?:service|dienst)\s*:[^()]*\)(?:\s*\(\s*SDK Attempt Count:[^()]*\))?")
});

/// The prefix of botocore: `An error occurred (Code) when calling the Operation operation: `.
static BOTOCORE_PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)an error occur+ed \(([0-9A-Za-z._]+)\) when calling the ([0-9A-Za-z]+) operation(?: \([^()]*\))?\s*:",
    )
});

#[expect(clippy::expect_used, reason = "the expressions are constants, and a test compiles each of them")]
fn compile(expression: &str) -> Regex {
    Regex::new(expression).expect("a constant expression is well-formed")
}

impl Wrapper {
    /// Finds the wrappers in a message as it was written.
    ///
    /// ```
    /// use copydoctor::normalise::{Wrapper, WrapperField};
    /// let wrapper = Wrapper::of("No. (Service: AmazonEC2; Status Code: 400; Request ID: ; Proxy: null)");
    /// assert_eq!(wrapper.fields[0], (WrapperField::Service, "AmazonEC2".to_owned()));
    /// ```
    #[must_use]
    pub fn of(original: &str) -> Self {
        let mut wrapper = Self::default();
        for suffix in JAVA_SUFFIX.find_iter(original) {
            wrapper.ranges.push(suffix.range());
            wrapper.fields.extend(java_fields(suffix.as_str()));
        }
        for prefix in BOTOCORE_PREFIX.captures_iter(original) {
            wrapper.add_prefix(&prefix);
        }
        wrapper
    }

    /// Whether a byte range of the message lies within a wrapper.
    #[must_use]
    pub fn covers(&self, range: &Range<usize>) -> bool {
        self.ranges.iter().any(|part| part.start <= range.start && range.end <= part.end)
    }

    fn add_prefix(&mut self, prefix: &Captures<'_>) {
        self.ranges.extend(prefix.get(0).map(|whole| whole.range()));
        for (group, field) in [(1, WrapperField::ErrorCode), (2, WrapperField::Operation)] {
            self.fields.extend(prefix.get(group).map(|value| (field, value.as_str().to_owned())));
        }
    }
}

fn java_fields(suffix: &str) -> impl Iterator<Item = (WrapperField, String)> {
    suffix.split(['(', ')', ';', ',']).filter_map(|part| {
        let (name, value) = part.split_once(':')?;
        let name: String = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        let field = match name.as_str() {
            "service" | "dienst" => WrapperField::Service,
            "statuscode" => WrapperField::StatusCode,
            "errorcode" | "fehlercode" => WrapperField::ErrorCode,
            "requestid" | "anforderungsid" | "anfrageid" => WrapperField::RequestId,
            _ => return None,
        };
        let value = value.trim();
        (!value.is_empty()).then(|| (field, value.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(message: &str) -> Vec<(WrapperField, String)> {
        Wrapper::of(message).fields
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
    fn brackets_alone_are_no_wrapper() {
        assert_eq!(Wrapper::of("encrypted by a customer master key (CMK) may be copied"), Wrapper::default());
    }
}
