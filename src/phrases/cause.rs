//! Why something could not be read: what the system says, or what the readers of packings say.

use std::io;

use crate::phrases;

phrases! {
    /// Why reading failed.
    pub enum Cause {
        System { error: String }: "{error}", "{error}";
        Of { name: String, cause: Box<Cause> }: "{name}: {cause}", "{name}: {cause}";
        NoPatternFile: "holds no .yaml file; a root cause is one file, named after its id",
            "enthält keine .yaml-Datei; eine Ursache ist eine Datei, die wie ihre ID heißt";
        UnpacksTooLarge { ratio: u64 }:
            "it unpacks to more than {ratio} times its size; if it is an export all the same, unpack it first",
            "entpackt wäre die Datei mehr als {ratio}-mal so groß; ist sie trotzdem ein Export, entpacken Sie sie vorher";
        Zstandard { damage: DamagedZstandard }: "damaged Zstandard data: {damage}", "beschädigte Zstandard-Daten: {damage}";
    }
}

phrases! {
    /// What is wrong with Zstandard data.
    pub enum DamagedZstandard {
        EndsInTheMiddle: "ends in the middle", "das Ende fehlt";
        IsFollowed: "something else follows it", "dahinter folgt etwas anderes";
        NeedsTooMuchMemory: "it needs too much memory; unpack it first",
            "zum Entpacken reicht der Arbeitsspeicher nicht; entpacken Sie die Datei vorher";
        Undecodable { error: String }: "{error}", "{error}";
    }
}

impl std::error::Error for Cause {}

impl From<Cause> for io::Error {
    fn from(cause: Cause) -> Self {
        Self::other(cause)
    }
}

/// What a reader of this library said, if it did, or else what the system says.
impl From<&io::Error> for Cause {
    fn from(error: &io::Error) -> Self {
        let said = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>());
        said.cloned().unwrap_or_else(|| Self::System { error: error.to_string() })
    }
}
