/** What a package for a learning system says of itself, whichever standard it follows. */
export interface Package {
	/** As people call it: `SCORM 1.2`. */
	standard: string;
	/** The same from one export to the next. */
	id: string;
	title: string;
	description: string;
	/** What it says that working through it takes. */
	minutes?: number;
	parts: Part[];
	/** Rules of a learning system that nobody is put under here. */
	rules: Rules;
	/** Whether its manifest names questions in QTI. */
	questions: boolean;
}

/** What somebody would open: in the order of the package, which binds nobody. */
export interface Part {
	title: string;
	/** The file it begins with, as the archive calls it; none where it stands elsewhere on the web. */
	start?: string;
	/** What it is made of besides. */
	files: string[];
	/** Its address on the web. */
	away?: string;
}

export const ruleKinds = ['time', 'order', 'attempts', 'score', 'completion', 'handed'] as const;
export type RuleKind = (typeof ruleKinds)[number];

/** For each kind of rule where it stands, and what it says there. */
export type Rules = Record<RuleKind, Map<string, string>>;

export const noRules = (): Rules => Object.fromEntries(ruleKinds.map((kind) => [kind, new Map()])) as unknown as Rules;

/** More parts than anybody leafs through. */
export const MOST_PARTS = 2000;

/** A time as SCORM writes it, in words: `0001:30:00.00` or `PT1H30M`. */
export function minutesOf(written: string): number | undefined {
	const clock = /^(\d{2,4}):(\d{2}):(\d{2})(?:\.\d{1,2})?$/.exec(written.trim());
	if (clock) return Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3]) / 60;
	const said = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(written.trim());
	if (!said || said[0].length < 3) return undefined;
	const [days, hours, minutes, seconds] = said.slice(1).map((part) => Number(part ?? 0));
	return days! * 1440 + hours! * 60 + minutes! + seconds! / 60;
}
