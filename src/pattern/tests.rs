//! Tests of wordings: what is found, and what is captured as it was written.

use super::*;

fn found(pattern: &str, message: &str) -> Option<Vec<(&'static str, String)>> {
    let pattern = Pattern::parse(pattern).expect("the pattern is well-formed");
    let message = Message::new(message);
    let found = pattern.find(&message)?;
    Some(found.values(message.text()).map(|(slot, value)| (slot.name(), value)).collect())
}

#[track_caller]
fn captures(pattern: &str, message: &str, expected: &[(&'static str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    assert_eq!(found(pattern, message), Some(expected), "{pattern} in {message}");
}

const UNSUPPORTED: &str = "Copy job from {source_region} to {destination_region} cannot be initiated \
                           for {resource_type} resources.";

#[test]
fn placeholders_capture_what_was_written() {
    captures(
        UNSUPPORTED,
        "copy job from us-west-2 to eu-central-1 cannot be initiated for SAP HANA on Amazon EC2 resources",
        &[
            ("source_region", "us-west-2"),
            ("destination_region", "eu-central-1"),
            ("resource_type", "SAP HANA on Amazon EC2"),
        ],
    );
}

#[test]
fn a_hyphen_after_a_placeholder_is_not_captured() {
    captures(
        "kann für {resource_type}-Ressourcen nicht",
        "kann für RDS-Ressourcen nicht",
        &[("resource_type", "RDS")],
    );
}

#[test]
fn a_value_of_another_type_is_not_captured_but_the_sentence_is_recognised() {
    captures(
        UNSUPPORTED,
        "Copy job from xx-xxx-x to US West (Oregon) cannot be initiated for RDS resources",
        &[("resource_type", "RDS")],
    );
}

#[test]
fn a_missing_value_is_another_sentence() {
    assert_eq!(found(UNSUPPORTED, "Copy job from to cannot be initiated for resources"), None);
}

#[test]
fn an_optional_placeholder_may_be_missing() {
    const KEY: &str = "snapshot KMS key {source_key_arn?} does not exist";
    let arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    captures(KEY, "snapshot KMS key does not exist", &[]);
    captures(KEY, &format!("snapshot KMS key [{arn}] does not exist"), &[("source_key_arn", arn)]);
    captures(KEY, "snapshot KMS key [None] does not exist", &[]);
}

#[test]
fn an_arn_broken_over_two_lines_is_whole_again() {
    captures(
        "KMS key {source_key_arn} does not exist",
        "KMS key arn:aws:kms:eu-west-1:111122223333:\n   key/1234\u{200b}abcd does not exist",
        &[("source_key_arn", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd")],
    );
}

#[test]
fn words_beside_an_identifier_do_not_become_part_of_it() {
    const DENIED: &str = "not authorized to perform: {denied_action} because";
    captures(
        DENIED,
        "not authorized to perform kms:CreateGrant because",
        &[("denied_action", "kms:CreateGrant")],
    );
    captures(DENIED, "not authorized to perform kms:CreateGrant on this resource because", &[]);
    captures(DENIED, "not authorized to perform \"kms:CreateGrant\", \"kms:DescribeKey\" because", &[]);
}

#[test]
fn the_margin_of_a_mail_is_no_part_of_a_value_at_the_end() {
    captures(
        "for the following tag key: {tag_key}",
        "for the following\r\n>> tag key:\r\n>> 'Cost-Center'",
        &[("tag_key", "Cost-Center")],
    );
}

#[test]
fn a_value_at_the_end_is_what_stands_in_quotes() {
    const TAG: &str = "for the following tag key: {tag_key}";
    for (message, key) in [
        ("for the following tag key: 'xyz'", "xyz"),
        ("for the following tag key: \"aws:team/owner\".", "aws:team/owner"),
        ("„for the following tag key: ‚Cost Center‘“", "Cost Center"),
        ("for the following tag key: \\'xyz\\'", "xyz"),
        ("for the following tag key: Cost Center", "Cost Center"),
        ("for the following tag key: env. (Service: Ec2)", "env"),
        ("for the following tag key: 'env' (Service: Ec2)", "env"),
    ] {
        captures(TAG, message, &[("tag_key", key)]);
    }
}

#[test]
fn a_message_cut_off_before_the_value_is_recognised() {
    captures("for the following tag key: {tag_key}", "for the following tag key:", &[]);
}

#[test]
fn words_match_whole_words_only() {
    assert_eq!(found("tags", "hashtags"), None);
    assert_eq!(found("tag", "tags"), None);
    captures("tag", "x tags a tag", &[]);
}

#[test]
fn the_span_covers_the_wording_and_its_last_value() {
    let pattern = Pattern::parse("following tag key: {tag_key}").expect("well-formed");
    let message = "ERROR the following tag key: 'xyz' (Service: Ec2)";
    let found = pattern.find(&Message::new(message)).expect("it matches");
    assert_eq!(&message[found.span], "following tag key: 'xyz");
}

#[test]
fn the_place_that_captures_most_wins() {
    captures(
        "job from {source_region} to {destination_region} failed",
        "job from nowhere. Job from eu-west-1 to eu-west-2 failed",
        &[("source_region", "eu-west-1"), ("destination_region", "eu-west-2")],
    );
}

/// Two messages of IAM begin alike. The first of these ends otherwise, and is no part of what was denied.
#[test]
fn a_place_that_reaches_over_another_beginning_is_none() {
    const DENIED: &str = "not authorized to perform: {denied_action} because no policy allows it";
    let message = "not authorized to perform kms:Decrypt with an explicit deny.\n\
                   not authorized to perform kms:CreateGrant because no policy allows it";
    captures(DENIED, message, &[("denied_action", "kms:CreateGrant")]);
    let places = Pattern::parse(DENIED).expect("well-formed").places(&Message::new(message));
    let spans: Vec<_> = places.iter().map(|place| &message[place.span.clone()]).collect();
    assert_eq!(spans, ["not authorized to perform kms:CreateGrant because no policy allows it"]);
}

#[test]
fn a_pattern_that_cannot_be_looked_for_is_refused() {
    for (text, error) in [
        ("", PatternError::NoWords),
        ("…", PatternError::NoWords),
        ("{tag_key} is bad", PatternError::BeginsWithPlaceholder),
        ("a {tag_keys}", PatternError::UnknownPlaceholder("tag_keys".into())),
        ("a {tag_key", PatternError::UnmatchedBrace(2)),
        ("a tag_key}", PatternError::UnmatchedBrace(9)),
        ("a {tag{_key}", PatternError::UnmatchedBrace(2)),
        ("a {tag_key}, {role_arn}", PatternError::AdjacentPlaceholders(Slot::TagKey, Slot::RoleArn)),
    ] {
        assert_eq!(Pattern::parse(text), Err(error), "{text}");
    }
}
