//! How private things look, and the words before them: the expressions that a text is looked through with.

use std::sync::LazyLock;

use regex::Regex;

use super::kind::Kind;
use super::own::{AREAS, DIRECTIONS, PARTS_OF_AREAS};

/// What stands at a place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Arn,
    /// The resource part of an ARN without what stands before it.
    Resource,
    /// A host, of which a part may be AWS's.
    Host,
    /// Four numbers of an address, joined by hyphens.
    DashedIp,
    /// An account id as the console shows it: 1111-2222-3333.
    DashedAccount,
    /// A name, with its noun.
    Name(&'static str),
    /// A thing that has its pseudonym as a whole.
    Thing(Kind),
    /// Something of AWS or of the tool in which nothing is private, though a name may look like a part of it.
    Own,
}

/// The parts of an expression by the name of their group. An earlier one wins where two begin at the same place.
/// `{B}` is what may stand before a thing: `\b` would take `_` for a part of it.
pub(super) const SHAPES: &[(&str, &str, Found)] = &[
    ("url", r"(?i:[a-z][a-z0-9+.-]{1,20}://[^\s'\x22<>„“”‘’`)\]}]+)", Found::Thing(Kind::Url)),
    ("arn", r"(?i:{B}arn:[a-z0-9-]*:[^\s,;'\x22<>()\[\]{}„“”»«’‘`\\]*)", Found::Arn),
    ("email", r"[\p{L}0-9._%+'-]+@[\p{L}0-9-]+(?:\.[\p{L}0-9-]+)+", Found::Thing(Kind::Email)),
    ("command", r"aws backup(?: (?:describe|get|list|start)-[a-z-]+)?", Found::Own),
    ("flag", r"--(?:by|copy|from|max|message|no|parent|region|state)[a-z-]*", Found::Own),
    ("resource", "{B}{TYPES}", Found::Resource),
    (
        "action",
        r"{B}(?:aws|backup|backup-gateway|backup-storage|cloudformation|dsql|dynamodb|ec2|eks|elasticfilesystem|events|fsx|iam|kms|logs|organizations|ram|rds|redshift|s3|sns|sqs|ssm-sap|storagegateway|sts|tag|timestream):[A-Z][A-Za-z]{2,60}",
        Found::Own,
    ),
    (
        "uuid",
        r"{B}[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        Found::Thing(Kind::Uuid),
    ),
    ("region", "{B}{REGIONS}", Found::Own),
    ("time", r"{B}[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[0-9:.]*", Found::Own),
    (
        "organization",
        r"{B}(?:o-[a-z0-9]{10,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32}|p-[A-Za-z0-9_]{8,128})",
        Found::Thing(Kind::Id),
    ),
    (
        "host",
        r"(?i:{B}(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+(?:com|net|org|info|biz|io|co|dev|app|cloud|tech|ai|internal|local|corp|lan|intern|home|aws|de|eu|uk|us|ch|at|fr|nl|it|es|pl|se|no|dk|fi|be|ca|au|jp|cn|br|ie|cz|pt|kr|sg|nz|za|mx))",
        Found::Host,
    ),
    ("dashed", r"(?i:{B}(?P<ip>ip-[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}-[0-9]{1,3}))", Found::DashedIp),
    (
        "id",
        r"{B}(?:(?:acl|ami|backup|cgw|eipalloc|eipassoc|eni|fs|fsap|fsmt|fsvol|hv|i|igw|lt|mrk|nat|pcx|rtb|sg|sgr|sgw|snap|subnet|svm|tgw|vgw|vm|vol|vpc|vpce|vpn)-[0-9A-Fa-f]{8,40}|(?:db|cluster)-[A-Z0-9]{26})",
        Found::Thing(Kind::Id),
    ),
    ("made", r"{B}[A-Za-z]{1,12}-[0-9A-Fa-f]{8,40}", Found::Thing(Kind::Name("id"))),
    ("jwt", r"{B}eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+){1,2}", Found::Thing(Kind::Token)),
    ("mac", r"{B}[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}", Found::Thing(Kind::Token)),
    (
        "access",
        r"{B}(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|AIPA|ANVA|APKA|ABIA|ACCA)[A-Z0-9]{12,124}",
        Found::Thing(Kind::AccessKey),
    ),
    ("ipv4", r"{B}[0-9]{1,3}(?:\.[0-9]{1,3}){3}", Found::Thing(Kind::Ip)),
    (
        "ipv6",
        r"{B}?(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:(?:\.[0-9]{1,3}){3})?",
        Found::Thing(Kind::Ip),
    ),
    ("console", r"{B}[0-9]{4}-[0-9]{4}-[0-9]{4}", Found::DashedAccount),
    ("account", r"[0-9]{12,}", Found::Thing(Kind::Account)),
    ("hex", r"{B}[0-9A-Fa-f]{16,}", Found::Thing(Kind::Hex)),
    ("folder", r"(?:/home/|/Users/|\\Users\\)(?P<person>[^/\\\s]+)", Found::Name("user")),
    (
        "encoded",
        r"(?i:encoded authorization failure message:?\s*(?P<message>[A-Za-z0-9_=-]{4,}))",
        Found::Thing(Kind::EncodedMessage),
    ),
    (
        "request",
        r"(?i:request[ -]?id\x22?\s*[:=]\s*\x22?(?P<request_id>[A-Za-z0-9+/=_-]{6,}))",
        Found::Name("request"),
    ),
    (
        "quoted",
        "(?i:{B}(?P<noun>{NOUNS})\\b[^\\n'\\x22„“‘’«».,;]{0,24}?[\\s:=(]['\\x22„“‘«»](?P<name>[^'\\x22„“”‘’«»\\n]{1,128})['\\x22“”‘’«»])",
        Found::Name("name"),
    ),
    (
        "given",
        r"(?i:(?P<field>[a-z]*(?:identifier|vault-?name|name|arn|account))\x22?\s*[:=]\s*\x22?(?P<value>[^\s\x22',;(){}\[\]<>]{2,256}))",
        Found::Name("name"),
    ),
];

/// The groups that hold the thing itself, where more is needed to find it.
pub(super) const INNER: &[&str] = &["ip", "person", "message", "request_id", "name", "value"];

/// The nouns before a name in English and German, and what the name is called then.
pub(super) const NOUNS: &[(&str, &str)] = &[
    ("tag key", "tag-key"),
    ("tag-key", "tag-key"),
    ("tag-schlüssel", "tag-key"),
    ("tag value", "tag-value"),
    ("tag-wert", "tag-value"),
    ("tag", "tag-key"),
    ("vault", "vault"),
    ("tresor", "vault"),
    ("tresors", "vault"),
    ("backup-tresor", "vault"),
    ("bucket", "bucket"),
    ("role", "role"),
    ("rolle", "role"),
    ("user", "user"),
    ("benutzer", "user"),
    ("instance", "instance"),
    ("instanz", "instance"),
    ("cluster", "cluster"),
    ("database", "database"),
    ("datenbank", "database"),
    ("table", "table"),
    ("tabelle", "table"),
    ("snapshot", "snapshot"),
    ("volume", "volume"),
    ("plan", "backup-plan"),
    ("rule", "rule"),
    ("regel", "rule"),
    ("stack", "stack"),
    ("secret", "secret"),
    ("file system", "file-system"),
    ("dateisystem", "file-system"),
    ("machine", "vm"),
    ("vm", "vm"),
    ("host", "host"),
    ("server", "server"),
    ("alias", "alias"),
    ("resource", "resource"),
    ("ressource", "resource"),
    ("principal", "user"),
    ("account", "account"),
    ("konto", "account"),
];

/// What a thing begins behind.
const BOUNDARY: &str = "(?:^|[^0-9A-Za-z])";

fn nouns() -> String {
    NOUNS.iter().map(|(noun, _)| *noun).collect::<Vec<_>>().join("|")
}

fn regions() -> String {
    let [areas, parts, directions] = [AREAS, PARTS_OF_AREAS, DIRECTIONS].map(|words| words.join("|"));
    // The letter is that of an Availability Zone.
    format!("(?:{areas})(?:-(?:{parts}))?-(?:{directions})-[0-9]{{1,2}}[a-f]?")
}

/// All shapes at once.
pub(super) static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    let parts: Vec<String> = SHAPES.iter().map(|(name, part, _)| format!("(?P<{name}>{part})")).collect();
    let types = format!("(?:{})[:/][^\\s,;'\\x22<>()„“”]+", super::arn::TELLING_TYPES.join("|"));
    let expression = parts
        .join("|")
        .replace("{TYPES}", &types)
        .replace("{REGIONS}", &regions())
        .replace("{NOUNS}", &nouns());
    compile(&expression.replace("{B}", BOUNDARY))
});

/// A name without quotes behind the word for what it names.
pub(super) static BARE: LazyLock<Regex> = LazyLock::new(|| {
    let expression = r"(?i:{B}(?P<noun>{NOUNS})(?: name| named| namens| with name)?\s+(?P<name>[A-Z0-9][A-Z0-9_.-]*[A-Z0-9]))";
    compile(&expression.replace("{NOUNS}", &nouns()).replace("{B}", BOUNDARY))
});

/// A name in quotes behind another one.
pub(super) static NEXT_QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^\s*(?:,|and|und|or|oder|,\s*and|,\s*or)\s*['\x22„“‘«»](?P<name>[^'\x22„“”‘’«»\n]{1,128})['\x22“”‘’«»]",
    )
});

/// What only a machine could have written: the digits, capitals and small letters are looked for in each.
pub(super) static OPAQUE: LazyLock<Regex> = LazyLock::new(|| compile(r"[A-Za-z0-9+/=_-]{32,}"));

/// The rest of an ARN whose line was broken.
pub(super) static REST: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^\r?\n[>| \t]*(?P<rest>[^\s,;'\x22]*[0-9][^\s,;'\x22]*)"));

#[expect(clippy::expect_used, reason = "the expressions are constants, and the tests compile each of them")]
fn compile(expression: &str) -> Regex {
    Regex::new(expression).expect("a constant expression is well-formed")
}
