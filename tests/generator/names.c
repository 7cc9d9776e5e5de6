/*
 * Invented people: ten first and ten last names for each of eighteen languages, in the scripts that
 * their owners use, because a terminal must get their widths right. Addresses need ASCII.
 */
#include "gen.h"
#include <string.h>

#define A(text)            \
	{                  \
		text, NULL \
	}

const struct culture name_cultures[] = {
    {"United States", "US", "AMER", "Columbus", "America/New_York",
        {A("Delia"), A("Marcus"), A("Winona"), A("Trent"), A("Odessa"), A("Garrick"),
            A("Luella"), A("Amos"), A("Corinne"), A("Thaddeus")},
        {A("Ashgrove"), A("Pellman"), A("Drayhurst"), A("Quimbley"), A("Holloman"),
            A("Starrett"), A("Wexcombe"), A("Tillery"), A("Brandow"), A("Yarrowby")}},
    {"Ireland", "IE", "EMEA", "Cork", "Europe/Dublin",
        {{"Siobhán", "siobhan"}, A("Declan"), {"Aoife", NULL}, {"Pádraig", "padraig"},
            A("Niamh"), {"Cillian", NULL}, {"Gráinne", "grainne"}, A("Fergal"),
            {"Sinéad", "sinead"}, {"Oisín", "oisin"}},
        {{"O'Keaveney", "okeaveney"}, {"O'Mara", "omara"}, {"D'Arcy-Finn", "darcyfinn"},
            A("McGlinchy"), {"Ó Súilleabháin", "osuilleabhain"}, A("Brannigan"),
            A("Hanratty"), {"O'Dwyer-Lunn", "odwyerlunn"}, A("Tierney"),
            A("Kilbracken")}},
    {"Spain", "ES", "EMEA", "Valencia", "Europe/Madrid",
        {A("Ana"), {"Íñigo", "inigo"}, {"Begoña", "begona"}, {"Jesús", "jesus"},
            A("Leire"), {"Ramón", "ramon"}, A("Maite"), {"Andrés", "andres"}, A("Nuria"),
            A("Gorka")},
        {A("Ruizalde"), {"Ibáñez Roca", "ibanez"}, {"Peñaranda", "penaranda"},
            A("Etxeberria"), {"Muñocerro", "munocerro"}, A("Valdecasas"),
            {"Gálvez Lluch", "galvez"}, A("Arizmendi"), {"Núñez-Torre", "nuneztorre"},
            A("Castellar")}},
    {"Germany", "DE", "EMEA", "Bremen", "Europe/Berlin",
        {{"Jürgen", "juergen"}, A("Annegret"), {"Sören", "soeren"}, A("Wiebke"),
            A("Ulrich"), {"Käthe", "kaethe"}, A("Torsten"), A("Mareike"),
            {"Götz", "goetz"}, A("Hannelore")},
        {{"Müßig", "muessig"}, {"Großkopf", "grosskopf"},
            {"Öhlschläger", "oehlschlaeger"}, A("von der Heyden-Strauch"),
            {"Wüstefeld", "wuestefeld"}, A("Brinkhaus"), {"Jäckel", "jaeckel"},
            A("Niedermoser"), {"Süßmilch", "suessmilch"}, A("Kramp")}},
    {"France", "FR", "EMEA", "Nantes", "Europe/Paris",
        {{"Hélène", "helene"}, {"François", "francois"}, {"Zoé", "zoe"}, A("Thibault"),
            {"Maëlys", "maelys"}, {"Aurélien", "aurelien"}, A("Solange"),
            {"Rémi", "remi"}, {"Noémie", "noemie"}, {"Benoît", "benoit"}},
        {{"Lefèvrier", "lefevrier"}, {"d'Aubrac", "daubrac"}, {"Châtelard", "chatelard"},
            A("Morvandel"), {"Béraud-Lys", "beraudlys"}, {"Garçonnet", "garconnet"},
            A("Tournemine"), {"L'Hôtellier", "lhotellier"}, {"Crépin", "crepin"},
            A("Vaugirault")}},
    {"Poland", "PL", "EMEA", "Gdynia", "Europe/Warsaw",
        {{"Łucja", "lucja"}, {"Zbyszko", NULL}, {"Małgorzata", "malgorzata"},
            {"Wojciech", NULL}, {"Żaneta", "zaneta"}, {"Świętosław", "swietoslaw"},
            {"Bożena", "bozena"}, {"Miłosz", "milosz"}, {"Grażyna", "grazyna"},
            A("Tomasz")},
        {{"Wyrębski", "wyrebski"}, {"Śliwkowicz", "sliwkowicz"},
            {"Gżegżółka", "gzegzolka"}, {"Łękawski", "lekawski"},
            {"Brzęczyk", "brzeczyk"}, {"Żółtowicz", "zoltowicz"},
            {"Dąbrówczak", "dabrowczak"}, A("Krawczewicz"),
            {"Piątkiewicz", "piatkiewicz"}, {"Ćwiklak", "cwiklak"}}},
    {"Czechia", "CZ", "EMEA", "Ostrava", "Europe/Prague",
        {{"Ondřej", "ondrej"}, {"Božena", "bozena"}, {"Jiří", "jiri"},
            {"Růžena", "ruzena"}, {"Čeněk", "cenek"}, {"Žofie", "zofie"},
            {"Matěj", "matej"}, {"Štěpánka", "stepanka"}, {"Luděk", "ludek"},
            {"Zdeňka", "zdenka"}},
        {{"Vrchlabský", "vrchlabsky"}, {"Řehořová", "rehorova"}, {"Šťastník", "stastnik"},
            {"Dvořáčková", "dvorackova"}, {"Křemílek", "kremilek"},
            {"Úlehlová", "ulehlova"}, {"Hýbl", "hybl"}, {"Čápková", "capkova"},
            {"Žďárek", "zdarek"}, {"Pešťák", "pestak"}}},
    {"Greece", "GR", "EMEA", "Πάτρα", "Europe/Athens",
        {{"Ελένη", "eleni"}, {"Στέφανος", "stefanos"}, {"Δήμητρα", "dimitra"},
            {"Παναγιώτης", "panagiotis"}, {"Ευγενία", "evgenia"}, {"Θανάσης", "thanasis"},
            {"Χρυσάνθη", "chrysanthi"}, {"Λεωνίδας", "leonidas"}, {"Ζωή", "zoi"},
            {"Άρης", "aris"}},
        {{"Κορινθίου", "korinthiou"}, {"Μαυρογένης", "mavrogenis"},
            {"Λιβαδάκη", "livadaki"}, {"Πετροπουλάκης", "petropoulakis"},
            {"Σκιαθίτη", "skiathiti"}, {"Ξανθούλης", "xanthoulis"},
            {"Ραπτοπούλου", "raptopoulou"}, {"Βουνάτσος", "vounatsos"},
            {"Γαλανάκη", "galanaki"}, {"Τριανταφύλλης", "triantafyllis"}}},
    {"Ukraine", "UA", "EMEA", "Полтава", "Europe/Kyiv",
        {{"Оксана", "oksana"}, {"Тарас", "taras"}, {"Соломія", "solomiia"},
            {"Юрій", "yurii"}, {"Ганна", "hanna"}, {"Дмитро", "dmytro"},
            {"Ярина", "yaryna"}, {"Остап", "ostap"}, {"Їванна", "yivanna"},
            {"Щек", "shchek"}},
        {{"Галушко", "halushko"}, {"Зоряненко", "zorianenko"},
            {"Черемшина", "cheremshyna"}, {"Верболіз", "verboliz"},
            {"Кривоніс-Лугова", "kryvonis"}, {"Підгірний", "pidhirnyi"},
            {"Жайворонок", "zhaivoronok"}, {"Ґудзик", "gudzyk"},
            {"Мельниченко", "melnychenko"}, {"Степова", "stepova"}}},
    {"Japan", "JP", "APAC", "仙台市", "Asia/Tokyo",
        {{"純一", "junichi"}, {"美咲", "misaki"}, {"健太郎", "kentaro"},
            {"さくら", "sakura"}, {"大輔", "daisuke"}, {"由美子", "yumiko"},
            {"翔", "sho"}, {"ナオミ", "naomi"}, {"隆之", "takayuki"},
            {"千夏", "chinatsu"}},
        {{"早坂", "hayasaka"}, {"青葉", "aoba"}, {"五十嵐", "igarashi"},
            {"小鳥遊", "takanashi"}, {"長谷部", "hasebe"}, {"東雲", "shinonome"},
            {"松ヶ谷", "matsugaya"}, {"栗原", "kurihara"}, {"水無瀬", "minase"},
            {"鷲尾", "washio"}}},
    {"China", "CN", "APAC", "宁波", "Asia/Shanghai",
        {{"晓梅", "xiaomei"}, {"志强", "zhiqiang"}, {"雨桐", "yutong"},
            {"国栋", "guodong"}, {"思远", "siyuan"}, {"丽华", "lihua"},
            {"俊杰", "junjie"}, {"欣怡", "xinyi"}, {"建平", "jianping"},
            {"海燕", "haiyan"}},
        {{"云", "yun"}, {"欧阳", "ouyang"}, {"沈", "shen"}, {"慕容", "murong"},
            {"顾", "gu"}, {"柳", "liu"}, {"司徒", "situ"}, {"陆", "lu"}, {"白", "bai"},
            {"温", "wen"}}},
    {"South Korea", "KR", "APAC", "창원시", "Asia/Seoul",
        {{"지우", "jiu"}, {"현수", "hyeonsu"}, {"서연", "seoyeon"}, {"도윤", "doyun"},
            {"하은", "haeun"}, {"태민", "taemin"}, {"유진", "yujin"}, {"상호", "sangho"},
            {"은채", "eunchae"}, {"가람", "garam"}},
        {{"한", "han"}, {"남궁", "namgung"}, {"표", "pyo"}, {"선우", "seonu"},
            {"탁", "tak"}, {"방", "bang"}, {"제갈", "jegal"}, {"마", "ma"}, {"옥", "ok"},
            {"구", "gu"}}},
    {"Egypt", "EG", "EMEA", "الفيوم", "Africa/Cairo",
        {{"ليلى", "layla"}, {"طارق", "tariq"}, {"نورا", "noura"}, {"حسام", "hussam"},
            {"سلمى", "salma"}, {"كريم", "karim"}, {"هدى", "huda"}, {"ياسر", "yasir"},
            {"مريم", "maryam"}, {"زياد", "ziyad"}},
        {{"الواحي", "alwahi"}, {"البستاني", "albustani"}, {"النجار", "alnajjar"},
            {"الزيتوني", "alzaytuni"}, {"القناديلي", "alqanadili"},
            {"الفيومي", "alfayyumi"}, {"الرملي", "alramli"}, {"السواقي", "alsawaqi"},
            {"العطار", "alattar"}, {"الخياط", "alkhayyat"}}},
    {"Israel", "IL", "EMEA", "כרמיאל", "Asia/Jerusalem",
        {{"נועה", "noa"}, {"איתן", "eitan"}, {"שירה", "shira"}, {"עמית", "amit"},
            {"תמר", "tamar"}, {"גלעד", "gilad"}, {"יעל", "yael"}, {"רותם", "rotem"},
            {"אורי", "uri"}, {"מיכל", "michal"}},
        {{"אגוזי", "egozi"}, {"בן־חורש", "benhoresh"}, {"גלילי", "galili"},
            {"כרמון", "karmon"}, {"שקדיאל", "shkediel"}, {"תבורי", "tavori"},
            {"נחלון", "nahlon"}, {"אלמוגי", "almogi"}, {"ורדימון", "vardimon"},
            {"צוריאלי", "tsurieli"}}},
    {"India", "IN", "APAC", "देहरादून", "Asia/Kolkata",
        {{"प्रिया", "priya"}, {"अर्जुन", "arjun"}, {"कृत्तिका", "krittika"},
            {"विक्रम", "vikram"}, {"श्रेया", "shreya"}, {"हृषिकेश", "hrishikesh"},
            {"मीनाक्षी", "meenakshi"}, {"रोहन", "rohan"}, {"इशिता", "ishita"},
            {"ज्ञानेश", "gyanesh"}},
        {{"हिमगिरि", "himgiri"}, {"देशपांडकर", "deshpandkar"}, {"श्रीवत्सल", "shrivatsal"},
            {"कुलश्रेष्ठी", "kulshreshthi"}, {"चतुर्वेणी", "chaturveni"},
            {"पर्वतीकर", "parvatikar"}, {"मित्रवर्धन", "mitravardhan"},
            {"नंदकुमारी", "nandkumari"}, {"राजवल्लभ", "rajvallabh"}, {"सूर्यांश", "suryansh"}}},
    {"Thailand", "TH", "APAC", "เชียงราย", "Asia/Bangkok",
        {{"น้ำฝน", "namfon"}, {"กิตติ", "kitti"}, {"พิมพ์ใจ", "phimchai"},
            {"ณัฐวุฒิ", "natthawut"}, {"ดวงใจ", "duangchai"}, {"ชัยณรงค์", "chainarong"},
            {"มาลี", "mali"}, {"ธีรภัทร์", "thiraphat"}, {"ปาริชาติ", "parichat"},
            {"ศักดิ์", "sak"}},
        {{"ดอยหมอก", "doimok"}, {"ศรีสุขล้ำ", "sisuklam"}, {"รุ่งเรืองธรรม", "rungrueang"},
            {"ทองทุ่ง", "thongthung"}, {"แก้วภูผา", "kaeophupha"}, {"บุญสายน้ำ", "bunsainam"},
            {"วงศ์ไพร", "wongphrai"}, {"เพชรนา", "phetna"}, {"จันทร์สว่าง", "chansawang"},
            {"ใจดีงาม", "chaidingam"}}},
    {"Vietnam", "VN", "APAC", "Quy Nhơn", "Asia/Ho_Chi_Minh",
        {{"Thị Hồng", "hong"}, {"Đức Anh", "ducanh"}, {"Mỹ Duyên", "myduyen"},
            {"Quốc Bảo", "quocbao"}, {"Ngọc Ánh", "ngocanh"}, {"Hữu Nghĩa", "huunghia"},
            {"Thúy Vy", "thuyvy"}, {"Văn Tường", "vantuong"}, {"Cẩm Ly", "camly"},
            {"Xuân Trường", "xuantruong"}},
        {{"Nguyễn Lê", "nguyenle"}, {"Đặng", "dang"}, {"Huỳnh", "huynh"},
            {"Phạm", "pham"}, {"Vũ Đình", "vudinh"}, {"Bùi", "bui"}, {"Lý", "ly"},
            {"Trịnh", "trinh"}, {"Đỗ", "do"}, {"Lương", "luong"}}},
    {"United Kingdom", "GB", "EMEA", "Leeds", "Europe/London",
        {A("Imogen"), A("Rufus"), A("Tamsin"), A("Alasdair"), A("Philippa"), A("Gethin"),
            A("Rosalind"), A("Barnaby"), {"Zoë", "zoe"}, A("Crispin")},
        {A("Pemberley-Voss"), A("Thistlewood"), A("Marchbanks"), A("Featherstone-Hale"),
            A("Oakapple"), A("Penhallow"), A("Llewellin-Rhys"), A("Swindlehurst"),
            A("Garsdale"), {"St. John-Mott", "stjohnmott"}}},
};
const uint32_t name_culture_count = LENGTH(name_cultures);

const struct word *name_first(struct person p)
{
	return &name_cultures[p.culture].first[p.first];
}

const struct word *name_last(struct person p)
{
	return &name_cultures[p.culture].last[p.last];
}

/* first.last@domain in ASCII; a number other than 0 tells two of the same name apart. */
char *name_email(struct person p, const char *domain, uint32_t number)
{
	const struct word *first = name_first(p), *last = name_last(p);
	char text[256];
	int n = snprintf(text, sizeof(text), "%s.%s",
	    first->ascii ? first->ascii : first->text,
	    last->ascii ? last->ascii : last->text);

	for (int i = 0; i < n; i++) {
		if (text[i] >= 'A' && text[i] <= 'Z')
			text[i] = (char)(text[i] - 'A' + 'a');
		else if (text[i] == ' ')
			text[i] = '-';
	}
	n += number
	         ? snprintf(text + n, sizeof(text) - (size_t)n, "%u@%s", number, domain)
	         : snprintf(text + n, sizeof(text) - (size_t)n, "@%s", domain);
	return memory_text(text, (size_t)n);
}
