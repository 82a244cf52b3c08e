//! `sapa invite`: letting people in, one by one, where registration is by invitation.

use std::io::{Write as _, stderr, stdout};

use clap::Args;
use sapa_domain::host::{Invitation, InvitationState};

use super::host::{Data, printable, time};
use crate::config::{PublicUrl, parse_public_url};

/// `sapa invite`
#[derive(Args)]
pub struct Invite {
    /// Whom it is for, to tell it from others in the list
    #[arg(default_value = "")]
    note: String,

    /// How many days it is good
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=365))]
    days: u32,

    /// List the invitations there are
    #[arg(long, conflicts_with_all = ["note", "days", "revoke"])]
    list: bool,

    /// Take the invitation with this number back
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["note", "days"])]
    revoke: Option<i64>,

    /// The address that people type, for the link
    #[arg(long, env = "SAPA_PUBLIC_URL", value_parser = parse_public_url)]
    public_url: Option<PublicUrl>,

    #[command(flatten)]
    data: Data,
}

impl Invite {
    /// Makes an invitation and prints its link, lists them, or takes one back.
    pub async fn run(self) -> anyhow::Result<()> {
        let host = self.data.open().await?;
        if let Some(id) = self.revoke {
            host.revoke_invitation(id).await?;
            writeln!(stdout(), "Invitation {id} is taken back.")?;
        } else if self.list {
            let invitations = host.invitations().await?;
            if invitations.is_empty() {
                writeln!(stdout(), "There are no invitations.")?;
            }
            for invitation in &invitations {
                print(invitation)?;
            }
        } else {
            let secret = host.invite(&self.note, self.days).await?;
            // Without an address of its own, what goes after whatever address people type.
            let origin = self.public_url.as_ref().map(PublicUrl::origin).unwrap_or_default();
            writeln!(stdout(), "{origin}/register?invitation={secret}")?;
            if self.public_url.is_none() {
                writeln!(
                    stderr(),
                    "Put the address that people type before it, or give it with --public-url (SAPA_PUBLIC_URL)."
                )?;
            }
        }
        Ok(())
    }
}

fn print(invitation: &Invitation) -> std::io::Result<()> {
    let state = match &invitation.state {
        InvitationState::Open => format!("open until {}", time(invitation.expires_at.0)),
        InvitationState::Used(Some(username)) => format!("used by @{username}"),
        InvitationState::Used(None) => "used".to_owned(),
        InvitationState::Revoked => "taken back".to_owned(),
        InvitationState::Expired => "expired".to_owned(),
    };
    let note = printable(&invitation.note);
    writeln!(stdout(), "{}  {}  {state}  {note}", invitation.id, time(invitation.created_at.0))?;
    Ok(())
}
