/* User.csv, UserRole.csv, ForecastingQuota.csv, Account.csv, Contact.csv, Contract.csv */
#include "gen.h"
#include <string.h>

enum { QUOTA_PAST = 18, QUOTA_AHEAD = 6 };

static const char user_header[] =
    "Id,Username,LastName,FirstName,MiddleName,Suffix,CompanyName,Division,Department,"
    "Title,"
    "Street,"
    "City,State,PostalCode,Country,StateCode,CountryCode,Email,SenderEmail,SenderName,"
    "Signature,"
    "Phone,Fax,MobilePhone,Alias,CommunityNickname,IsActive,IsSystemControlled,"
    "TimeZoneSidKey,"
    "UserRoleId,LocaleSidKey,ReceivesInfoEmails,EmailEncodingKey,DefaultCurrencyIsoCode,"
    "CurrencyIsoCode,ProfileId,UserType,LanguageLocaleKey,EmployeeNumber,ManagerId,"
    "LastLoginDate,"
    "CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,"
    "ForecastEnabled";
static const char role_header[] =
    "Id,Name,ParentRoleId,RollupDescription,OpportunityAccessForAccountOwner,"
    "CaseAccessForAccountOwner,LastModifiedDate,LastModifiedById,SystemModstamp,"
    "DeveloperName";
static const char quota_header[] =
    "Id,QuotaOwnerId,StartDate,QuotaAmount,CurrencyIsoCode,IsAmount,IsQuantity,"
    "CreatedDate,"
    "CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp";
static const char account_header[] =
    "Id,IsDeleted,MasterRecordId,Name,Type,ParentId,BillingStreet,BillingCity,"
    "BillingState,"
    "BillingPostalCode,BillingCountry,BillingStateCode,BillingCountryCode,Phone,Fax,"
    "AccountNumber,"
    "Website,Sic,Industry,AnnualRevenue,NumberOfEmployees,Ownership,TickerSymbol,"
    "Description,"
    "Rating,Site,CurrencyIsoCode,OwnerId,CreatedDate,CreatedById,LastModifiedDate,"
    "LastModifiedById,SystemModstamp,LastActivityDate,AccountSource";
static const char contact_header[] =
    "Id,IsDeleted,MasterRecordId,AccountId,Salutation,FirstName,LastName,MiddleName,"
    "Suffix,"
    "MailingStreet,MailingCity,MailingState,MailingPostalCode,MailingCountry,Phone,Fax,"
    "MobilePhone,"
    "HomePhone,OtherPhone,AssistantPhone,ReportsToId,Email,Title,Department,"
    "AssistantName,"
    "LeadSource,Birthdate,Description,CurrencyIsoCode,OwnerId,HasOptedOutOfEmail,"
    "HasOptedOutOfFax,"
    "DoNotCall,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,"
    "LastActivityDate,LastCURequestDate,LastCUUpdateDate,EmailBouncedReason,"
    "EmailBouncedDate,"
    "Jigsaw,JigsawContactId";
static const char contract_header[] =
    "Id,AccountId,Pricebook2Id,OwnerExpirationNotice,StartDate,ContractTerm,OwnerId,"
    "Status,"
    "CompanySignedId,CompanySignedDate,CustomerSignedId,CustomerSignedTitle,"
    "CustomerSignedDate,"
    "SpecialTerms,ActivatedById,ActivatedDate,StatusCode,Description,IsDeleted,"
    "ContractNumber,"
    "LastApprovedDate,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,"
    "SystemModstamp,"
    "LastActivityDate";

static int64_t founding(const struct world *w)
{
	return (w->cfg.as_of - 1500) * DAY + 9 * HOUR;
}

static void write_user_roles(struct world *w)
{
	static const char *const names[][2] = {
	    {"Executive", "Executive"},
	    {"VP Sales", "VP_Sales"},
	    {"Sales Manager", "Sales_Manager"},
	    {"Account Executive", "Account_Executive"},
	    {"Marketing", "Marketing"},
	    {"Revenue Operations", "Revenue_Operations"},
	};
	static const uint32_t parents[] = {NONE, 0, 1, 2, 0, 0};
	struct csv c;

	csv_open(&c, w->cfg.out, "UserRole", role_header);
	for (uint32_t i = 0; i < LENGTH(names); i++) {
		csv_id(&c, ID_USER_ROLE, i);
		csv_text(&c, names[i][0]);
		csv_id(&c, ID_USER_ROLE, parents[i]);
		csv_text(&c, names[i][0]);
		csv_text(&c, "Edit");
		csv_text(&c, "Edit");
		csv_time(&c, founding(w));
		csv_id(&c, ID_USER, 0);
		csv_time(&c, founding(w));
		csv_text(&c, names[i][1]);
		csv_end(&c);
	}
	csv_close(&c);
}

static void write_user(struct world *w, struct csv *c, uint32_t i)
{
	const struct user *u = &w->users[i];
	const char *const mail[] = {u->mail, "@lanternquay.example"};

	csv_id(c, ID_USER, i);
	csv_texts(c, mail, 2);
	csv_text(c, u->last);
	csv_text(c, u->first);
	csv_empty(c, 2);
	csv_text(c, "Lanternquay, Inc.");
	csv_text(c, u->division);
	csv_text(c, u->department);
	csv_text(c, u->title);
	csv_empty(c, 7);
	csv_texts(c, mail, 2);
	csv_empty(c, 6);
	csv_texts(c, mail, 1);
	csv_texts(c, mail, 1);
	csv_bool(c, u->active);
	csv_bool(c, false);
	csv_text(c, u->zone);
	csv_id(c, ID_USER_ROLE, u->role);
	csv_text(c, "en_US");
	csv_bool(c, false);
	csv_text(c, "UTF-8");
	csv_text(c, "USD");
	csv_text(c, "USD");
	csv_id(c, ID_PROFILE, u->role);
	csv_text(c, "Standard");
	csv_text(c, "en_US");
	csv_empty(c, 1);
	csv_id(c, ID_USER, u->manager);
	csv_time(c, u->active ? w->now - (i + 3) * 5000 : founding(w) + 900 * DAY);
	csv_stamps(c, founding(w) + i * DAY, 0, founding(w) + i * DAY);
	csv_bool(c, u->rep || u->manager == 0);
	csv_end(c);
}

void write_users(struct world *w)
{
	struct csv c;

	csv_open(&c, w->cfg.out, "User", user_header);
	for (uint32_t i = 0; i < w->users_count; i++)
		write_user(w, &c, i);
	csv_close(&c);
	write_user_roles(w);
}

/* One row for each rep and month; the enterprise team's is higher, and all grow by the year. */
void write_quotas(struct world *w)
{
	uint32_t id = 0;
	struct csv c;

	csv_open(&c, w->cfg.out, "ForecastingQuota", quota_header);
	for (int32_t m = -QUOTA_PAST; m <= QUOTA_AHEAD; m++) {
		int32_t start = day_in_month(w->cfg.as_of, m, 1);
		int32_t made = day_from_civil(day_to_civil(start).year - 1, 12, 8);

		for (uint32_t i = 0; i < w->reps_count; i++) {
			const struct user *u = &w->users[w->reps[i]];
			int64_t quota = u->division[0] == 'E' ? 90000 : 28000;

			if (!u->active && m > -6)
				continue;
			csv_id(&c, ID_QUOTA, id++);
			csv_id(&c, ID_USER, w->reps[i]);
			csv_day(&c, start);
			csv_money(&c, (quota + (m + QUOTA_PAST) / 12 * 4000) * 100);
			csv_text(&c, "USD");
			csv_bool(&c, true);
			csv_bool(&c, false);
			csv_stamps(&c, made * DAY + 15 * HOUR, 0, made * DAY + 15 * HOUR);
			csv_end(&c);
		}
	}
	csv_close(&c);
}

static void write_account(struct world *w, struct csv *c, uint32_t i)
{
	const struct account *a = &w->accounts[i];
	const struct culture *in = &name_cultures[a->culture];
	const char *const site[] = {"https://www.", a->domain};

	csv_id(c, ID_ACCOUNT, i);
	csv_bool(c, false);
	csv_no_id(c);
	csv_text(c, a->name);
	csv_text(c, a->deals > 1 ? "Customer" : "Prospect");
	csv_no_id(c);
	csv_empty(c, 1);
	csv_text(c, in->city);
	csv_empty(c, 2);
	csv_text(c, in->country);
	csv_empty(c, 1);
	csv_text(c, in->code);
	csv_empty(c, 3);
	csv_texts(c, site, 2);
	csv_empty(c, 1);
	csv_text(c, word_industries[a->industry]);
	csv_int(c, (int64_t)a->employees * (90000 + a->industry * 15000));
	csv_int(c, a->employees);
	csv_empty(c, 5);
	csv_text(c, "USD");
	csv_id(c, ID_USER, a->owner);
	csv_stamps(c, a->created, a->owner, a->created + 600);
	csv_empty(c, 2);
	csv_end(c);
}

void write_accounts(struct world *w)
{
	struct csv c;

	csv_open(&c, w->cfg.out, "Account", account_header);
	for (uint32_t i = 0; i < w->accounts_count; i++)
		write_account(w, &c, i);
	csv_close(&c);
}

static void write_contact(struct world *w, struct csv *c, uint32_t i)
{
	const struct contact *p = &w->contacts[i];
	const struct account *a = &w->accounts[p->account];
	const struct culture *in = &name_cultures[p->person.culture];

	csv_id(c, ID_CONTACT, i);
	csv_bool(c, false);
	csv_no_id(c);
	csv_id(c, ID_ACCOUNT, p->account);
	csv_empty(c, 1);
	csv_text(c, name_first(p->person)->text);
	csv_text(c, name_last(p->person)->text);
	csv_empty(c, 3);
	csv_text(c, in->city);
	csv_empty(c, 2);
	csv_text(c, in->country);
	csv_empty(c, 6);
	csv_no_id(c);
	csv_text(c, name_email(p->person, a->domain, w->cfg.sample ? 0 : i));
	csv_text(c, word_titles[p->role & 7][i % 4]);
	csv_empty(c, 2);
	csv_text(c, p->lead != NONE ? word_sources[i % 6] : "");
	csv_empty(c, 2);
	csv_text(c, "USD");
	csv_id(c, ID_USER, a->owner);
	csv_bool(c, i % 37 == 0);
	csv_bool(c, false);
	csv_bool(c, i % 53 == 0);
	csv_stamps(c, p->created, a->owner, p->created + 1200);
	csv_empty(c, 7);
	csv_end(c);
}

void write_contacts(struct world *w)
{
	struct csv c;

	csv_open(&c, w->cfg.out, "Contact", contact_header);
	for (uint32_t i = 0; i < w->contacts_count; i++)
		write_contact(w, &c, i);
	csv_close(&c);
}

/* Most of a real export's files hold a header only. */
void write_contracts(struct world *w)
{
	struct csv c;

	csv_open(&c, w->cfg.out, "Contract", contract_header);
	csv_close(&c);
}
