/** Work that was closed elsewhere, and the question it asks. */
export const senders = ['plain', 'github', 'gitlab', 'jira'] as const;
export type Sender = (typeof senders)[number];
export const senderLabels: Record<Sender, string> = {
	plain: 'Any program that sends JSON',
	github: 'GitHub',
	gitlab: 'GitLab',
	jira: 'Jira'
};

/** A prompt left alone is forgotten after so many days. */
export const PROMPT_DAYS = 7;
/** So many a week come at most, until somebody says otherwise. */
export const USUAL_PACE = 2;

export const QUESTION = 'What would you tell the next person?';

export interface Prompt {
	id: string;
	/** What was closed. */
	title: string;
	/** Where it stands; may be empty. */
	address: string;
	/** Where it came from. */
	from: string;
	arrivedAt: string;
	/** When it is forgotten. */
	goneAt: string;
}

export interface Hook {
	id: string;
	name: string;
	sender: Sender;
	account: string;
	/** Whether it tells of everybody's work. */
	forAll: boolean;
	heardAt: string | null;
	/** What became of the last call. */
	heard: string;
	createdAt: string;
}

/** "gone tomorrow", "gone in 5 days". @param now in milliseconds */
export function goneIn({ goneAt }: Pick<Prompt, 'goneAt'>, now: number): string {
	const days = Math.ceil((Date.parse(goneAt) - now) / 86_400_000);
	return days <= 1 ? 'gone tomorrow' : `gone in ${days} days`;
}
