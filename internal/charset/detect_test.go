package charset

import (
	"testing"
)

// samples are sentences of the kind that mail has, by language, with the
// charsets that they are written in without a label.
var samples = []struct {
	language string
	text     string
	charsets []string
}{
	{"German name", "Müller", []string{"windows-1252"}},
	{"French phrase", "Ça va", []string{"windows-1252"}},
	{"Spanish word", "señor", []string{"windows-1252"}},
	{"French words", "façade naïve", []string{"windows-1252"}},
	{"French preposition", "Rendez-vous à Paris", []string{"windows-1252"}},
	{"German subject", "Grüße aus Köln", []string{"windows-1252"}},
	{"German capitals", "ÄNDERUNG DER GESCHÄFTSADRESSE", []string{"windows-1252"}},
	{"German", "Die Übergabe der Schlüssel für die neuen Büroräume erfolgt nächsten Dienstag um zehn.", []string{"windows-1252"}},
	{"German quotation", "Er sagte: „Das wäre schön – für alle“.", []string{"windows-1252"}},
	{"English apostrophe", "I don’t know what you’re asking for", []string{"windows-1252"}},
	{"English price", "The fee is €40 per seat", []string{"windows-1252"}},
	{"English sign", "Copyright © 2005 Example Ltd", []string{"windows-1252"}},
	{"French", "Veuillez trouver ci-joint le procès-verbal de la réunion du mois de février, où vous étiez présent.", []string{"windows-1252"}},
	{"Spanish", "¿Podría enviarnos mañana la factura del último envío? Gracias por su atención.", []string{"windows-1252"}},
	{"Portuguese", "Segue em anexo a relação das alterações; não há previsão de reunião amanhã em São Paulo.", []string{"windows-1252"}},
	{"Italian", "La riunione è stata spostata: ci vedremo lunedì, perché martedì l'ufficio sarà chiuso.", []string{"windows-1252"}},
	{"Swedish", "Vi ses på mötet i Göteborg på lördag, så länge vädret håller.", []string{"windows-1252"}},
	{"Danish", "Mødet er flyttet til på fredag, så vi får tid til at læse rapporten.", []string{"windows-1252"}},
	{"Icelandic", "Það er fundur á morgun og þú ættir að mæta þangað með skýrsluna.", []string{"windows-1252"}},
	{"Dutch", "De geïnteresseerde collega's krijgen één kopie van de offerte.", []string{"windows-1252"}},
	{"Catalan", "Aquí teniu l'informe de la reunió d'avui; l'enviarem també dilluns, però més aviat.", []string{"windows-1252"}},
	{"several Western languages", "Señor Müller, la façade: très bien, så bra", []string{"windows-1252"}},
	{"Polish", "Proszę o przesłanie faktury za usługę, która została już zapłacona.", []string{"windows-1250", "iso-8859-2"}},
	{"Polish name", "Łódź, Święto", []string{"windows-1250", "iso-8859-2"}},
	{"Czech", "Dobrý den, posílám vám příští týden slíbené podklady k žádosti o účast.", []string{"windows-1250", "iso-8859-2"}},
	{"Hungarian", "Kérem, küldje el a szerződést, és jelezze, hogy mikor lesz a következő értekezlet a gyűlésről.", []string{"windows-1250"}},
	{"Romanian", "Vă rugăm să ne trimiteţi până mâine situaţia facturilor şi a plăţilor.", []string{"windows-1250"}},
	{"Croatian", "Molimo vas da nam pošaljete račun što prije; rok plaćanja je već istekao, možda sljedeći tjedan.", []string{"windows-1250", "iso-8859-2"}},
	{"Turkish", "Toplantı yarın saat onda yapılacak, lütfen gerekli belgeleri yanınızda getirin. Teşekkürler, iyi çalışmalar dileğiyle.", []string{"windows-1254"}},
	{"Turkish greeting", "Günaydın, nasılsınız?", []string{"windows-1254"}},
	{"Lithuanian", "Prašome atsiųsti sąskaitą už praėjusį mėnesį, nes mokėjimo terminas jau baigėsi.", []string{"windows-1257"}},
	{"Russian", "Добрый день! Высылаю вам договор и счёт за прошлый месяц, прошу подписать.", []string{"windows-1251", "koi8-r", "iso-8859-5"}},
	{"Russian word", "Привет", []string{"windows-1251", "koi8-r"}},
	{"Russian with Latin words", "Re: Отчёт по проекту Windows Server за март", []string{"windows-1251", "koi8-r"}},
	{"Russian capitals", "СРОЧНО: ОПЛАТА ПО ДОГОВОРУ", []string{"windows-1251", "koi8-r"}},
	{"Ukrainian", "Доброго дня! Надсилаю вам звіт про виконання робіт, який потрібно їм підписати.", []string{"windows-1251", "koi8-u"}},
	{"Bulgarian", "Здравейте, изпращам ви договора за подпис и фактурата за миналия месец.", []string{"windows-1251"}},
	{"Greek", "Σας αποστέλλουμε το τιμολόγιο για τον προηγούμενο μήνα. Ευχαριστούμε πολύ.", []string{"windows-1253"}},
	{"Greek greeting", "Καλημέρα", []string{"windows-1253"}},
	{"Hebrew", "שלום רב, מצורף החשבון עבור החודש שעבר. אנא אשרו את קבלת ההודעה.", []string{"windows-1255"}},
	{"Hebrew greeting", "שלום לכולם", []string{"windows-1255"}},
	{"Arabic", "السلام عليكم، نرسل لكم الفاتورة الخاصة بالشهر الماضي ونرجو تأكيد الاستلام.", []string{"windows-1256"}},
	{"Persian", "سلام، لطفا گزارش ماه گذشته را برای ما بفرستيد، چون جلسه پنجشنبه است.", nil},
	{"Thai", "สวัสดีครับ ขอส่งใบเสร็จสำหรับเดือนที่แล้วมาให้ตรวจสอบ", []string{"windows-874"}},
	{"Japanese", "お世話になっております。来週の会議の資料を送付いたしますので、ご確認ください。", []string{"shift_jis", "euc-jp", "iso-2022-jp"}},
	{"Japanese subject", "会議の件", []string{"shift_jis", "euc-jp", "iso-2022-jp"}},
	{"Japanese katakana", "プロジェクトのスケジュール", []string{"shift_jis", "euc-jp", "iso-2022-jp"}},
	{"Simplified Chinese", "您好！附件是上个月的项目报告，请查收并尽快回复。谢谢。", []string{"gb18030", "hz-gb-2312"}},
	{"Simplified Chinese greeting", "你好，中国", []string{"gb18030", "hz-gb-2312"}},
	{"Traditional Chinese", "您好！附件是上個月的專案報告，請查收並盡快回覆，謝謝。", []string{"big5"}},
	{"Traditional Chinese greeting", "今天天氣很好", []string{"big5"}},
	{"Korean", "안녕하세요. 지난달 보고서를 첨부하오니 확인하신 후 회신 부탁드립니다.", []string{"ks_c_5601-1987", "iso-2022-kr"}},
	{"Korean greeting", "안녕하세요", []string{"ks_c_5601-1987", "iso-2022-kr"}},
}

func TestDetectLanguages(t *testing.T) {
	for _, s := range samples {
		for _, name := range append(s.charsets, "utf-8", "utf-16le", "utf-16be") {
			c := Lookup(name)
			if c.wide() && asciiPrefix(view(s.text)) == 0 {
				continue // no NUL, hence no sign without a mark
			}
			t.Run(s.language+" in "+name, func(t *testing.T) {
				b, ok := c.Encode(s.text)
				if !ok {
					t.Fatalf("%s lacks a character of %q", name, s.text)
				}
				got := Detect(b)
				if text, _ := got.Decode(b); text != s.text {
					t.Errorf("Detect = %s, which reads %q as %q", got, s.text, text)
				}
			})
		}
	}
}
