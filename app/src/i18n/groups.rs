//! Groups, details, the switcher and the list of keys.

use super::{Text, messages};

messages! {
    /// What groups, their details, the switcher and the list of keys say.
    Groups {
        new_group: Text = ["New group", "Grup baru", "Нова група"];
    }
}
