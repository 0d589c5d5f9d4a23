/** A notification as its person sees it. */
export interface NoticeView {
	id: string;
	kind: string;
	sentence: string;
	/** A few words of what was written. */
	excerpt: string;
	actor: { name: string; image: string | null; anonymous: boolean };
	href: string;
	at: string;
	read: boolean;
}

/** All that is about the same page or space. */
export interface NoticeGroup {
	topic: string;
	title: string;
	space: string;
	/** The item that can be muted; null for a space. */
	item: string | null;
	notices: NoticeView[];
}
