//! Signing in and joining.

use super::{Text, messages};

messages! {
    /// What the pages for strangers say.
    Account {
        pitch: Text = [
            "A messenger of your own: one program, your people, every language.",
            "Aplikasi pesan milik Anda sendiri: satu program, orang-orang Anda, semua bahasa.",
            "Власний месенджер: одна програма, ваші люди, будь-яка мова.",
        ];
        welcome_back: Text = ["Good to see you again.", "Senang bertemu lagi.", "Раді бачити вас знову."];
        signed_out_elsewhere: Text = [
            "You have been signed out, in another tab or from another device. If that was not you, change your \
             password.",
            "Anda telah dikeluarkan, dari tab lain atau dari perangkat lain. Jika bukan Anda, gantilah kata sandi.",
            "Сеанс завершено в іншій вкладці або з іншого пристрою. Якщо це були не ви, змініть пароль.",
        ];
        welcome: Text = [
            "It takes half a minute.",
            "Hanya butuh setengah menit.",
            "Це займе пів хвилини.",
        ];
        closed_sub: Text = [
            "The host of this server takes no new accounts.",
            "Pengelola server ini tidak menerima akun baru.",
            "Господар цього сервера не приймає нових облікових записів.",
        ];
        invite_sub: Text = [
            "This server is by invitation: open the link that its host, or somebody in a group here, has sent you.",
            "Server ini hanya dengan undangan: buka tautan dari pengelolanya, atau dari anggota grup di sini.",
            "Цей сервер — на запрошення: відкрийте посилання від його господаря або від когось із тутешньої групи.",
        ];
        invitation_used: Text = [
            "This invitation has been used already. If it was not by you, ask whoever runs this server for another.",
            "Undangan ini sudah dipakai. Jika bukan oleh Anda, mintalah undangan baru kepada pengelola server ini.",
            "Це запрошення вже використане. Якщо не вами, попросіть у господаря сервера нове.",
        ];
        invitation_gone: Text = [
            "This invitation is not good: it has expired, was taken back, or its link is not whole. Ask whoever sent it for another.",
            "Undangan ini tidak berlaku: sudah kedaluwarsa, ditarik, atau tautannya tidak utuh. Mintalah yang baru kepada pengirimnya.",
            "Це запрошення не діє: його термін минув, його відкликали або посилання неповне. Попросіть нове в того, хто його надіслав.",
        ];
        login: Text = ["Username or e-mail", "Nama pengguna atau surel", "Ім’я користувача або е-пошта"];
        password: Text = ["Password", "Kata sandi", "Пароль"];
        show_password: Text = ["Show the password", "Tampilkan kata sandi", "Показати пароль"];
        hide_password: Text = ["Hide the password", "Sembunyikan kata sandi", "Сховати пароль"];
        username: Text = ["Username", "Nama pengguna", "Ім’я користувача"];
        username_hint: Text = [
            "People find you by it. Letters a to z, digits, dots, hyphens, underscores.",
            "Orang menemukan Anda dengan nama ini. Huruf a–z, angka, titik, tanda hubung, garis bawah.",
            "За ним вас знайдуть. Латинські літери, цифри, крапки, дефіси, підкреслення.",
        ];
        nickname: Text = ["Nickname", "Nama panggilan", "Ім’я в чаті"];
        nickname_hint: Text = [
            "The name that others see, in any script.",
            "Nama yang dilihat orang lain, dalam aksara apa pun.",
            "Ім’я, яке бачать інші, будь-якою абеткою.",
        ];
        password_hint: Text = [
            "At least 8 characters, and not easy to guess.",
            "Minimal 8 karakter dan tidak mudah ditebak.",
            "Щонайменше 8 символів, які нелегко вгадати.",
        ];
        details: Text = ["More about you (optional)", "Tentang Anda (opsional)", "Більше про вас (за бажанням)"];
        email: Text = ["E-mail", "Surel", "Е-пошта"];
        email_hint: Text = [
            "To sign in with, once you have confirmed it. Others do not see it.",
            "Untuk masuk, setelah dikonfirmasi. Tidak terlihat oleh orang lain.",
            "Для входу, щойно її підтвердите. Інші її не бачать.",
        ];
        first_name: Text = ["First name", "Nama depan", "Ім’я"];
        last_name: Text = ["Last name", "Nama belakang", "Прізвище"];
        birthday: Text = ["Birthday", "Tanggal lahir", "День народження"];
        country: Text = ["Country", "Negara", "Країна"];
        no_country: Text = ["Not said", "Tidak disebutkan", "Не вказано"];
        new_here: Text = ["New here?", "Baru di sini?", "Ще не з нами?"];
        have_account: Text = ["Already have an account?", "Sudah punya akun?", "Уже маєте обліковий запис?"];
        greeting: Text = ["Greeting", "Salam", "Вітання"];
    }
}
