import type postgres from 'postgres';
import { RIGHTS_CHANNEL } from '#src/core/access/server/rights.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { canRead } from '#src/core/access/server/policy.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { Added, LiveCount } from '../live.ts';
import { NOTIFY_CHANNEL } from './fan-out.ts';
import { markSeen, unreadCount } from './read.ts';

const HEARTBEAT_MS = 25_000;
/** Open pages a process holds at most, and of one person. */
const MOST = 5_000;
const MOST_OF_ONE = 30;

interface Watcher {
	viewer: Viewer;
	page?: { id: string; spaceId: string };
	send(text: string): void;
	close(): void;
}

/**
 * All open pages of this process. They share one connection that listens: whatever
 * process or job tells, each process hears and passes it to the pages it holds.
 */
export class Live {
	readonly #watchers = new Map<string, Set<Watcher>>();
	readonly #counting = new Set<string>();
	readonly #toTell = new Set<Watcher>();
	readonly #db: Db;

	constructor(db: Db) {
		this.#db = db;
	}

	/** Begins to listen; called once when the process starts. */
	async listen(client: postgres.Sql): Promise<void> {
		// After a reconnection what was missed is unknown: every page counts anew.
		await client.listen(
			NOTIFY_CHANNEL,
			(told) => this.#hear(told),
			() => this.#countFor([...this.#watchers.keys()])
		);
		await client.listen(RIGHTS_CHANNEL, (personId) => this.#leave(personId));
		setInterval(() => this.#each((watcher) => watcher.send(': still here\n\n')), HEARTBEAT_MS).unref();
	}

	/**
	 * What a page hears, as server-sent events: `count` for the bell, `added` for what is new on the
	 * page, `tasks` when what is asked of its reader has changed, `feeds` when their feeds say something new.
	 * @param pageId the item that is open; looking at it marks it as read
	 * @param since when this page heard last, as the last event's id told it
	 */
	async open(viewer: Viewer, { pageId, since }: { pageId?: string; since?: string }): Promise<ReadableStream> {
		const page = pageId ? await this.#pageFor(viewer, pageId) : undefined;
		if (page) await markSeen(this.#db, viewer, page.id);
		const first = message('count', await this.#state(viewer));
		const missed = page ? await this.#missed(viewer, page.id, since) : [];
		let watcher: Watcher;
		return new ReadableStream<Uint8Array>({
			start: (controller) => {
				const send = (text: string) => {
					// A page that does not read what it is sent is gone.
					if ((controller.desiredSize ?? 0) < -200) return watcher.close();
					controller.enqueue(encoder.encode(text));
				};
				const close = () => {
					this.#remove(watcher);
					try {
						controller.close();
					} catch {
						// it was closed from the other side
					}
				};
				watcher = { viewer, page, send, close };
				this.#add(watcher);
				send(`retry: 4000\n${first}${missed.map((added) => message('added', added)).join('')}`);
			},
			cancel: () => this.#remove(watcher)
		});
	}

	async #pageFor(viewer: Viewer, id: string): Promise<Watcher['page']> {
		const found = await row<{ space_id: string }>(
			this.#db,
			sql`select i.space_id from item i where i.id = ${id} and ${visibleItems(viewer, 'i')}`
		);
		return found && { id, spaceId: found.space_id };
	}

	async #state(viewer: Viewer): Promise<LiveCount> {
		const newest = await row<{ id: string }>(
			this.#db,
			sql`select id from notification where person_id = ${viewer.id} and in_page order by created_at desc limit 1`
		);
		return { unread: await unreadCount(this.#db, viewer), latest: newest?.id ?? null };
	}

	async #missed(viewer: Viewer, pageId: string, since?: string): Promise<Added[]> {
		const from = since && !Number.isNaN(Date.parse(since)) ? since : new Date(Date.now() - 60_000).toISOString();
		return rows<Added>(
			this.#db,
			sql`select i.kind, i.id from item i left join item up on up.id = i.parent_id
				where (i.parent_id = ${pageId} or up.parent_id = ${pageId}) and i.created_at > ${from}::timestamptz - interval '2 seconds'
					and ${visibleItems(viewer, 'i')} order by i.created_at limit 50`
		);
	}

	#hear(told: string): void {
		const [about, ...words] = told.split(' ');
		if (about === 'people') return this.#countFor(words);
		if (about === 'tasks') return this.#tellTasks(words);
		if (about === 'feeds') return this.#tellFeeds(words);
		const [pageId, kind, id] = words as [string, string, string];
		if (id === pageId) return;
		this.#each(({ viewer, page, send }) => {
			if (page?.id === pageId && canRead(viewer, page)) send(message('added', { kind, id } satisfies Added));
		});
	}

	/** What it is now, each page asks with its reader's own rights. */
	#tellTasks(people: string[]): void {
		const text = message('tasks', {});
		for (const personId of people) for (const { send } of this.#watchers.get(personId) ?? []) send(text);
	}

	/** People, or spaces whose members read it; once, however many feeds have something new at that moment. */
	#tellFeeds(readers: string[]): void {
		const hears = ({ viewer }: Watcher) => readers.some((id) => id === viewer.id || viewer.memberships.has(id));
		this.#each((watcher) => {
			if (!hears(watcher) || this.#toTell.has(watcher)) return;
			this.#toTell.add(watcher);
			setTimeout(() => this.#toTell.delete(watcher) && watcher.send(message('feeds', {})), 300);
		});
	}

	/** One count a person, however many pages they have open and however much happens at once. */
	#countFor(people: string[]): void {
		for (const personId of people) {
			const [one] = this.#watchers.get(personId) ?? [];
			if (!one || this.#counting.has(personId)) continue;
			this.#counting.add(personId);
			setTimeout(() => void this.#count(one.viewer), 100);
		}
	}

	async #count(viewer: Viewer): Promise<void> {
		this.#counting.delete(viewer.id);
		try {
			const text = message('count', await this.#state(viewer));
			for (const { send } of this.#watchers.get(viewer.id) ?? []) send(text);
		} catch {
			// The database is away: pages count anew when it is back.
		}
	}

	/** Rights or sessions have changed: the page comes back with what it may see now, or not at all. */
	#leave(personId: string): void {
		this.#each((watcher) => {
			if (personId === '*' || watcher.viewer.id === personId) watcher.close();
		});
	}

	#each(work: (watcher: Watcher) => void): void {
		for (const watchers of [...this.#watchers.values()]) for (const watcher of [...watchers]) work(watcher);
	}

	#add(watcher: Watcher): void {
		const own = this.#watchers.get(watcher.viewer.id) ?? new Set();
		if (own.size >= MOST_OF_ONE) [...own][0]!.close();
		own.add(watcher);
		this.#watchers.set(watcher.viewer.id, own);
	}

	#remove(watcher: Watcher): void {
		this.#toTell.delete(watcher);
		const own = this.#watchers.get(watcher.viewer.id);
		own?.delete(watcher);
		if (own?.size === 0) this.#watchers.delete(watcher.viewer.id);
	}

	/** Whether one more page can be held. */
	get hasRoom(): boolean {
		return [...this.#watchers.values()].reduce((sum, { size }) => sum + size, 0) < MOST;
	}

	/** Ends all pages' streams, when the process ends. */
	end(): void {
		this.#each((watcher) => watcher.close());
	}
}

const encoder = new TextEncoder();

/** The id is the time, so that a page that comes back says since when it heard nothing. */
const message = (event: string, data: object) =>
	`id: ${new Date().toISOString()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
