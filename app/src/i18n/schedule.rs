//! Sessions that people propose to one another.

use super::plural::{plural, two};
use super::{Text, messages};

messages! {
    /// Proposing, answering, being reminded.
    ScheduleWords {
        propose: Text = ["Propose a session", "Usulkan sesi", "Запропонувати зустріч"];
        session: Text = ["Session", "Sesi", "Зустріч"];
        topic: Text = ["Topic", "Topik", "Тема"];
        starts: Text = ["Begins (in your time zone)", "Mulai (di zona waktu Anda)", "Початок (за вашим часом)"];
        length: Text = ["Length", "Durasi", "Тривалість"];
        minutes: fn(u64) -> String = [
            |n| two(n, "minute", "minutes"),
            |n| format!("{n} menit"),
            |n| plural(n, "хвилина", "хвилини", "хвилин"),
        ];
        send: Text = ["Propose", "Usulkan", "Запропонувати"];
        accept: Text = ["I will come", "Saya datang", "Я прийду"];
        decline: Text = ["I cannot", "Saya tidak bisa", "Не зможу"];
        comes: fn(&str) -> String = [
            |who| format!("Coming: {who}"),
            |who| format!("Datang: {who}"),
            |who| format!("Прийдуть: {who}"),
        ];
        stays: fn(&str) -> String = [
            |who| format!("Not coming: {who}"),
            |who| format!("Tidak datang: {who}"),
            |who| format!("Не прийдуть: {who}"),
        ];
        cancel: Text = ["Call off", "Batalkan", "Скасувати"];
        cancelled: Text = ["Called off", "Dibatalkan", "Скасовано"];
        over: Text = ["Over", "Sudah selesai", "Завершено"];
        calendar: Text = ["Add to calendar", "Tambahkan ke kalender", "Додати в календар"];
        soon: fn(&str, &str) -> String = [
            |topic, time| format!("“{topic}” begins at {time}"),
            |topic, time| format!("“{topic}” mulai pukul {time}"),
            |topic, time| format!("«{topic}» почнеться о {time}"),
        ];
        invalid_start: Text = [
            "Please choose a time in the future, within a year.",
            "Pilih waktu di masa depan, paling lama setahun lagi.",
            "Виберіть час у майбутньому, не далі ніж за рік.",
        ];
    }
}
