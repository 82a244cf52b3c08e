//! Calls.

use super::plural::{plural, two};
use super::{Text, messages};

messages! {
    /// Ringing, being in a call, and what is left of one.
    CallWords {
        call: Text = ["Call", "Telepon", "Зателефонувати"];
        call_audio: Text = ["Voice call", "Panggilan suara", "Аудіодзвінок"];
        call_video: Text = ["Video call", "Panggilan video", "Відеодзвінок"];
        incoming: Text = ["Incoming call", "Panggilan masuk", "Вхідний дзвінок"];
        rings_audio: Text = ["calls you", "menelepon Anda", "дзвонить вам"];
        rings_video: Text = ["calls you by video", "memanggil Anda lewat video", "дзвонить вам із відео"];
        rings_in: fn(&str) -> String = [
            |group| format!("calls everyone in {group}"),
            |group| format!("memanggil semua orang di {group}"),
            |group| format!("дзвонить усім у «{group}»"),
        ];
        answer: Text = ["Answer", "Jawab", "Відповісти"];
        answer_video: Text = ["Answer with camera", "Jawab dengan kamera", "Відповісти з камерою"];
        decline: Text = ["Decline", "Tolak", "Відхилити"];
        call_with: fn(&str) -> String = [
            |name| format!("Call with {name}"),
            |name| format!("Panggilan dengan {name}"),
            |name| format!("Дзвінок: {name}"),
        ];
        ringing: Text = ["Ringing…", "Memanggil…", "Дзвонимо…"];
        connecting: Text = ["Connecting…", "Menghubungkan…", "З’єднання…"];
        alone: Text = ["Nobody else is here yet", "Belum ada orang lain", "Поки нікого немає"];
        people: fn(u64) -> String = [
            |n| two(n, "person", "people"),
            |n| format!("{n} orang"),
            |n| plural(n, "людина", "людини", "людей"),
        ];
        you: Text = ["You", "Anda", "Ви"];
        screen_of: fn(&str) -> String = [
            |name| format!("Screen of {name}"),
            |name| format!("Layar {name}"),
            |name| format!("Екран: {name}"),
        ];
        your_screen: Text = ["Your screen", "Layar Anda", "Ваш екран"];
        mute: Text = ["Mute", "Bisukan", "Вимкнути мікрофон"];
        unmute: Text = ["Unmute", "Bunyikan", "Увімкнути мікрофон"];
        is_muted: Text = ["Muted", "Bisu", "Без звуку"];
        camera_on: Text = ["Switch the camera on", "Nyalakan kamera", "Увімкнути камеру"];
        camera_off: Text = ["Switch the camera off", "Matikan kamera", "Вимкнути камеру"];
        share: Text = ["Share your screen", "Bagikan layar", "Показати екран"];
        share_end: Text = ["Stop sharing", "Berhenti berbagi", "Припинити показ"];
        devices: Text = ["Microphone, camera and speaker", "Mikrofon, kamera, dan pengeras suara", "Мікрофон, камера й динамік"];
        microphone: Text = ["Microphone", "Mikrofon", "Мікрофон"];
        camera: Text = ["Camera", "Kamera", "Камера"];
        speaker: Text = ["Speaker", "Pengeras suara", "Динамік"];
        hang_up: Text = ["Hang up", "Tutup telepon", "Завершити дзвінок"];
        smaller: Text = ["Make the call small", "Kecilkan panggilan", "Згорнути дзвінок"];
        larger: Text = ["Make the call large", "Besarkan panggilan", "Розгорнути дзвінок"];
        pip: Text = ["Picture in picture", "Gambar dalam gambar", "Картинка в картинці"];
        good: Text = ["Good connection", "Koneksi baik", "Добрий зв’язок"];
        fair: Text = ["Fair connection", "Koneksi sedang", "Посередній зв’язок"];
        poor: Text = ["Poor connection", "Koneksi buruk", "Поганий зв’язок"];
        lost: Text = ["Reconnecting…", "Menyambung kembali…", "Відновлення зв’язку…"];
        no_microphone: Text = [
            "Nobody can hear you: the browser does not give the microphone.",
            "Tidak ada yang dapat mendengar Anda: peramban tidak memberikan mikrofon.",
            "Вас не чути: браузер не дає доступу до мікрофона.",
        ];
        no_camera: Text = [
            "The browser does not give the camera.",
            "Peramban tidak memberikan kamera.",
            "Браузер не дає доступу до камери.",
        ];
        going_on: Text = ["A call is going on", "Panggilan sedang berlangsung", "Триває дзвінок"];
        join: Text = ["Join", "Gabung", "Приєднатися"];
        back: Text = ["Call again", "Panggil lagi", "Зателефонувати знову"];
        missed_audio: Text = ["Missed voice call", "Panggilan suara tak terjawab", "Пропущений аудіодзвінок"];
        missed_video: Text = ["Missed video call", "Panggilan video tak terjawab", "Пропущений відеодзвінок"];
        no_answer: Text = ["No answer", "Tidak dijawab", "Немає відповіді"];
        was_declined: Text = ["Declined", "Ditolak", "Відхилено"];
        was_busy: Text = ["Busy with another call", "Sedang di panggilan lain", "Зайнято"];
        was_answered: Text = ["The call has ended", "Panggilan selesai", "Дзвінок завершено"];
        elsewhere: Text = [
            "The call goes on at another of your devices.",
            "Panggilan berlanjut di perangkat Anda yang lain.",
            "Дзвінок триває на іншому вашому пристрої.",
        ];
        impossible: Text = [
            "This browser cannot make calls.",
            "Peramban ini tidak bisa menelepon.",
            "Цей браузер не вміє дзвонити.",
        ];
        friends_only: Text = [
            "Only friends can be called.",
            "Hanya teman yang dapat dipanggil.",
            "Дзвонити можна лише друзям.",
        ];
        relay: Text = ["Hide your network address in calls", "Sembunyikan alamat jaringan Anda dalam panggilan", "Приховувати мережеву адресу під час дзвінків"];
        relay_hint: Text = [
            "Calls then go through the host’s relay, if there is one.",
            "Panggilan lalu melewati relai milik server, jika ada.",
            "Тоді дзвінки йдуть через ретранслятор господаря, якщо він є.",
        ];
        seconds: fn(u64) -> String = [
            |n| two(n, "second", "seconds"),
            |n| format!("{n} detik"),
            |n| plural(n, "секунда", "секунди", "секунд"),
        ];
    }
}
