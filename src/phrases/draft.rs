//! Why there is nothing to draft.

use crate::phrases;

phrases! {
    /// Why there is nothing to draft.
    pub enum DraftError {
        NoText: "there is no message, or no word in it", "es gibt keine Meldung, oder es steht kein Wort darin";
        TooLong { bytes: u64, most: u64 }:
            "a message of {bytes} bytes is a log; give the status message alone, of at most {most} bytes",
            "eine Meldung von {bytes} Bytes ist ein Log; geben Sie nur die Statusmeldung an, höchstens {most} Bytes";
        TooFewWords { message: String }:
            "'{message}' has too few words that do not vary to tell it by; give the whole message",
            "'{message}' hat zu wenige feste Wörter, um sie daran zu erkennen; geben Sie die ganze Meldung an";
        Known { message: String, id: String }: "nothing to draft: '{message}' is diagnosed as {id}",
            "nichts zu entwerfen: '{message}' wird als {id} diagnostiziert";
        KnownNearly { message: String, id: String, tier: &'static str }:
            "nothing to draft: '{message}' is diagnosed as {id} ({tier}); if that is right, add the sentence to the patterns of {id}, and if not, the message to its near_misses",
            "nichts zu entwerfen: '{message}' wird als {id} diagnostiziert ({tier}); stimmt das, gehört der Satz unter die patterns von {id}, andernfalls die Meldung unter dessen near_misses";
        Notice { message: String }:
            "nothing to draft: '{message}' only tells that a job ended; its StatusMessage says why",
            "nichts zu entwerfen: '{message}' sagt nur, dass ein Auftrag endete; warum, sagt dessen StatusMessage";
        Fragment { message: String }:
            "nothing to draft: '{message}' stands in messages of many causes; give the whole message",
            "nichts zu entwerfen: '{message}' steht in Meldungen vieler Ursachen; geben Sie die ganze Meldung an";
        IdTaken { id: String }: "the catalogue has a root cause '{id}'; choose another --id",
            "der Katalog hat schon eine Ursache '{id}'; wählen Sie eine andere --id";
    }
}

impl DraftError {
    /// Whether the messages are fit, and there is nothing to be added to the catalogue all the same.
    #[must_use]
    pub fn is_nothing_to_draft(&self) -> bool {
        let is_known = matches!(self, Self::Known { .. } | Self::KnownNearly { .. });
        is_known || matches!(self, Self::Notice { .. } | Self::Fragment { .. })
    }
}

impl std::error::Error for DraftError {}
