//! What places are called: in the window's title, in the navigation, on top of pages.

use super::{Text, messages};

messages! {
    /// Names of places.
    PlaceWords {
        sign_in: Text = ["Sign in", "Masuk", "Увійти"];
        register: Text = ["Make an account", "Buat akun", "Створити обліковий запис"];
        verify: Text = ["Confirming your address", "Mengonfirmasi alamat Anda", "Підтвердження адреси"];
        forgot: Text = ["A new password", "Kata sandi baru", "Новий пароль"];
        people: Text = ["Find people", "Cari teman", "Знайти людей"];
        blocked: Text = ["Blocked people", "Orang yang diblokir", "Заблоковані"];
        settings: Text = ["Settings", "Pengaturan", "Налаштування"];
        profile: Text = ["Your profile", "Profil Anda", "Ваш профіль"];
        new_group: Text = ["New group", "Grup baru", "Нова група"];
        invitation: Text = ["Invitation", "Undangan", "Запрошення"];
        channels: Text = ["Channels", "Saluran", "Канали"];
        new_channel: Text = ["New channel", "Saluran baru", "Новий канал"];
    }
}
