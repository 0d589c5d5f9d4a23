import type { Contents } from './contents.ts';
import type { Package, RuleKind } from './package.ts';

const counted = (count: number, one: string, more = `${one}s`) =>
	count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${more}`;

/** Where a rule stands and what it says: "Safety" (30 minutes), "Fire", and more. */
function places(found: ReadonlyMap<string, string>): string {
	const named = [...found].slice(0, 10).map(([title, said]) => `“${title.slice(0, 80)}”${said ? ` (${said})` : ''}`);
	return found.size > 10 ? `${named.join(', ')} and ${counted(found.size - 10, 'more', 'more')}` : named.join(', ');
}

/** What is said of each kind of rule that was left behind. */
const sentences: Record<RuleKind, (where: string) => string> = {
	time: (where) => `Left out: limits of time at ${where}. Nothing runs out here, and nobody's time is counted.`,
	order: (where) => `Left out: an order that was forced at ${where}. Everybody begins where they like.`,
	attempts: (where) => `Left out: a limit of attempts at ${where}. Everybody tries as often as they like.`,
	score: (where) => `Left out: the score that its own test asks for at ${where}. What is enough, this check says.`,
	completion: (where) =>
		`Left out: what had to be opened or watched to count as done, at ${where}. Only the check counts, and whoever passes it needs none of this.`,
	handed: (where) => `Left out: what a learning system was to hand over to ${where}.`
};

/** All that a package asked for and nobody is put under here, a sentence each. */
export function leftOut(about: Package, contents: Contents): string[] {
	const { standard, parts, rules, minutes } = about;
	const opened = parts.filter(({ title }) => title);
	const away = parts.filter((part) => part.away !== undefined);
	const gone = parts.filter(
		({ title, start, away: elsewhere, files }) => title && !start && !elsewhere && files.length === 0
	);
	const lines = [`It is ${standard}, with ${counted(opened.length, 'part')}.`];
	for (const [kind, found] of Object.entries(rules) as [RuleKind, Map<string, string>][])
		if (found.size > 0) lines.push(sentences[kind](places(found)));
	if (minutes)
		lines.push(
			`It says that it takes ${counted(Math.round(minutes), 'minute')}: an estimate of what its content takes, which nobody has to spend.`
		);
	if (contents.programs > 0)
		lines.push(
			`Left out: ${counted(contents.programs, 'script or program', 'scripts and programs')}. They are never run.`
		);
	if (contents.asks.length > 0)
		lines.push(
			`Left out: questions that its scripts ask and judge, in ${list(contents.asks)}. They cannot be read: write those that matter into the bank.`
		);
	if (away.length > 0)
		lines.push(
			`Left out: what stands elsewhere on the web: ${list(away.map(({ title, away: address }) => `“${title}” at ${address!.slice(0, 200)}`))}.`
		);
	if (gone.length > 0)
		lines.push(`Left out: parts whose files are not in the package: ${list(gone.map(({ title }) => `“${title}”`))}.`);
	return lines;
}

const list = (names: readonly string[]) =>
	names.length > 10
		? `${names.slice(0, 10).join(', ')} and ${counted(names.length - 10, 'more', 'more')}`
		: names.join(', ');
