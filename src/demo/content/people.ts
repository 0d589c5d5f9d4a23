import type { DemoPerson } from '../shape.ts';

/** Harrow & Finch: 38 shops for home and garden, a warehouse in Rotterdam, an online shop built in Leeds and Pune. */
export const ORGANISATION = 'Harrow & Finch';
export const DOMAIN = 'harrowfinch.example';
/** One for all demo accounts; docs/importing.md and the command's last lines tell it. */
export const PASSWORD = 'finches-like-seeds';

const LONDON = 'Europe/London';
const ROTTERDAM = 'Europe/Amsterdam';
const LISBON = 'Europe/Lisbon';
const MADRID = 'Europe/Madrid';
const PUNE = 'Asia/Kolkata';
const NAIROBI = 'Africa/Nairobi';
const TORONTO = 'America/Toronto';

/** The late shift of shops and warehouse. */
const LATE = { workStart: 12 * 60, workEnd: 20 * 60 };
const EARLY = { workStart: 6 * 60, workEnd: 14 * 60 };
const WEEKENDS = { workDays: [3, 4, 5, 6, 7] };

export const people: DemoPerson[] = [
	{
		key: 'nora',
		name: 'Nora Ashdown',
		headline: 'Head of operations',
		askMeAbout: ['who decides what', 'opening a shop', 'safety'],
		timeZone: LONDON,
		role: 'admin'
	},
	{
		key: 'tomasz',
		name: 'Tomasz Wieczorek',
		headline: 'Learning and knowledge lead',
		askMeAbout: ['finding things', 'onboarding', 'writing a good page'],
		timeZone: LONDON,
		role: 'community_manager'
	},
	{
		key: 'ifeoma',
		name: 'Ifeoma Balogun',
		headline: 'Learning adviser for shops',
		askMeAbout: ['buddy weeks', 'product training', 'feedback'],
		timeZone: LONDON,
		role: 'learning_adviser'
	},
	{
		key: 'gwen',
		name: 'Gwen Pritchard',
		headline: 'Shop manager, Cardiff',
		askMeAbout: ['tills', 'cash office', 'rotas'],
		timeZone: LONDON,
		...WEEKENDS,
		role: 'people_manager'
	},
	{
		key: 'marcus',
		name: 'Marcus Obi',
		headline: 'Shop manager, Leeds Briggate',
		askMeAbout: ['stock counts', 'window displays', 'busy Saturdays'],
		timeZone: LONDON,
		leave: { days: 12, word: 'Gwen knows where the spare keys are.' },
		...WEEKENDS
	},
	{
		key: 'leila',
		name: 'Leila Haddad',
		headline: 'Sales assistant, Manchester',
		askMeAbout: ['paint mixing', 'house plants', 'Arabic'],
		timeZone: LONDON,
		language: 'en',
		...WEEKENDS
	},
	{
		key: 'callum',
		name: 'Callum Reid',
		headline: 'Sales assistant, Glasgow',
		askMeAbout: ['power tools', 'click and collect'],
		timeZone: LONDON,
		...LATE
	},
	{
		key: 'bea',
		name: 'Beatriz Fontes',
		headline: 'Shop manager, Porto',
		askMeAbout: ['tiles', 'Portuguese invoices', 'garden season'],
		timeZone: LISBON,
		...WEEKENDS
	},
	{
		key: 'rui',
		name: 'Rui Tavares',
		headline: 'Sales assistant, Lisbon',
		askMeAbout: ['returns', 'lighting'],
		timeZone: LISBON,
		...LATE
	},
	{
		key: 'hanneke',
		name: 'Hanneke de Wit',
		headline: 'Warehouse manager, Rotterdam',
		askMeAbout: ['slotting', 'peak season', 'forklift rules'],
		timeZone: ROTTERDAM,
		...EARLY
	},
	{
		key: 'sem',
		name: 'Sem Bakker',
		headline: 'Shift lead, inbound',
		askMeAbout: ['damaged pallets', 'supplier labels', 'scanners'],
		timeZone: ROTTERDAM,
		...EARLY
	},
	{
		key: 'yusuf',
		name: 'Yusuf Demir',
		headline: 'Order picker and first-aider',
		askMeAbout: ['pick routes', 'lifting', 'Turkish'],
		timeZone: ROTTERDAM,
		...LATE
	},
	{
		key: 'anouk',
		name: 'Anouk Janssen',
		headline: 'Transport planner',
		askMeAbout: ['carriers', 'customs papers', 'tail lifts'],
		timeZone: ROTTERDAM
	},
	{
		key: 'piotr',
		name: 'Piotr Nowak',
		headline: 'Maintenance engineer',
		askMeAbout: ['conveyors', 'battery chargers', 'dock doors'],
		timeZone: ROTTERDAM,
		...EARLY
	},
	{
		key: 'priya',
		name: 'Priya Deshmukh',
		headline: 'Engineering lead, web',
		askMeAbout: ['checkout', 'Postgres', 'incident reviews'],
		timeZone: PUNE
	},
	{
		key: 'arjun',
		name: 'Arjun Kulkarni',
		headline: 'Software engineer, payments',
		askMeAbout: ['payment provider', 'refunds', 'retries'],
		timeZone: PUNE
	},
	{
		key: 'sneha',
		name: 'Sneha Iyer',
		headline: 'Test engineer',
		askMeAbout: ['flaky tests', 'accessibility', 'test data'],
		timeZone: PUNE
	},
	{
		key: 'dan',
		name: 'Dan Whitfield',
		headline: 'Software engineer, search and catalogue',
		askMeAbout: ['product search', 'imports', 'caching'],
		timeZone: LONDON
	},
	{
		key: 'mei',
		name: 'Mei Lin Chua',
		headline: 'Product designer',
		askMeAbout: ['forms', 'plain language', 'user tests'],
		timeZone: LONDON
	},
	{
		key: 'olu',
		name: 'Olu Adeyemi',
		headline: 'Platform engineer',
		askMeAbout: ['deploys', 'alerts', 'backups'],
		timeZone: LONDON
	},
	{
		key: 'freya',
		name: 'Freya Lindqvist',
		headline: 'Data analyst',
		askMeAbout: ['spreadsheets', 'forecast', 'charts'],
		timeZone: TORONTO
	},
	{
		key: 'jorge',
		name: 'Jorge Medina',
		headline: 'Finance business partner',
		askMeAbout: ['budgets', 'pivot tables', 'VAT'],
		timeZone: MADRID
	},
	{
		key: 'wanjiru',
		name: 'Wanjirũ Kamau',
		headline: 'Customer care lead, Nairobi',
		askMeAbout: ['complaints', 'tone of voice', 'refund limits'],
		timeZone: NAIROBI
	},
	{
		key: 'otieno',
		name: 'Brian Otieno',
		headline: 'Customer care, chat',
		askMeAbout: ['delivery tracking', 'saved replies'],
		timeZone: NAIROBI,
		...LATE
	},
	{
		key: 'grace',
		name: 'Grace Njeri',
		headline: 'Customer care, phone',
		askMeAbout: ['calming a call', 'spare parts'],
		timeZone: NAIROBI
	},
	{
		key: 'sofia',
		name: 'Sofía Cabrera',
		headline: 'Expansion manager, Spain',
		askMeAbout: ['leases', 'licences', 'Spanish suppliers'],
		timeZone: MADRID
	},
	{
		key: 'hugh',
		name: 'Hugh Pemberton',
		headline: 'Buyer, garden',
		askMeAbout: ['suppliers', 'seed seasons', 'margins'],
		timeZone: LONDON
	},
	{
		key: 'aisha',
		name: 'Aisha Rahman',
		headline: 'People partner',
		askMeAbout: ['parental leave', 'hard conversations', 'contracts'],
		timeZone: LONDON
	},
	{
		key: 'ewan',
		name: 'Ewan Macleod',
		headline: 'People operations',
		askMeAbout: ['payroll dates', 'holiday balances', 'new starters'],
		timeZone: LONDON
	},
	{
		key: 'kit',
		name: 'Kit Sørensen',
		headline: 'Apprentice, shops and web',
		askMeAbout: ['being new'],
		timeZone: LONDON
	}
];
