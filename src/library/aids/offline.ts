/**
 * Keeps an aid on this device for when there is no network. The worker's scope is the aids
 * alone; who the person is travels with each word, and another one's copies are deleted.
 */
export async function keepOffline(person: string, aid: string): Promise<void> {
	try {
		const registration = await navigator.serviceWorker?.register('/service-worker.js', { scope: '/aids/' });
		const worker = registration && (registration.active ?? (await activated(registration)));
		worker?.postMessage({ keep: `/aids/${aid}/run`, person });
	} catch {
		// Not allowed here (no secure connection, a private window): then it needs the network.
	}
}

function activated(registration: ServiceWorkerRegistration): Promise<ServiceWorker | null> {
	const worker = registration.installing ?? registration.waiting;
	return new Promise((done) => {
		if (!worker) return done(null);
		worker.addEventListener('statechange', () => {
			if (worker.state === 'activated') done(worker);
			if (worker.state === 'redundant') done(null);
		});
	});
}

/** Deletes all copies: nobody is signed in here any more. */
export async function forgetOffline(): Promise<void> {
	try {
		const names = await caches.keys();
		await Promise.all(names.filter((name) => name.startsWith('aids:')).map((name) => caches.delete(name)));
	} catch {
		// Without a cache there is nothing to delete.
	}
}
