import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { newDevice, pauseFor } from '../../input.ts';
import { addDevice, myDevices, removeDevice, snoozeDevice } from './devices.ts';
import { publicPushKey } from './keys.ts';

const time = z.iso.datetime();
const of = { tag: 'Notifications' } as const;
const device = z.object({
	...{ id, endpoint: z.string(), name: z.string() },
	...{ snoozedUntil: time.nullable(), pushedAt: time.nullable(), createdAt: time }
});
const params = z.object({ id });

export const pushEndpoints: Endpoint[] = [
	endpoint({
		...{ ...of, method: 'GET', path: '/me/push-devices', scope: 'read', summary: 'The devices I am told on' },
		description: '`publicKey` is what a browser subscribes with (`applicationServerKey`).',
		response: z.object({ publicKey: z.string(), items: z.array(device) }),
		run: async ({ db, viewer }) => ({ publicKey: await publicPushKey(db), items: await myDevices(db, viewer) })
	}),
	endpoint({
		...{ ...of, method: 'POST', path: '/me/push-devices', scope: 'write', status: 201, summary: 'Tell me on a device' },
		description: 'With what its browser gave for `publicKey`. The same device again goes on with what it says now.',
		body: newDevice,
		response: z.object({ id }),
		example: {
			body: {
				...{ endpoint: 'https://push.example.net/wpush/v2/gAAAA', name: 'Phone' },
				p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
				auth: 'BTBZMqHH6r4Tts7J_aSIgg'
			}
		},
		run: async ({ db, viewer, body }) => ({ id: await addDevice(db, viewer, body) })
	}),
	endpoint({
		...{ ...of, method: 'PUT', path: '/me/push-devices/{id}/snooze', scope: 'write' },
		summary: 'Let one device be quiet for a while',
		params,
		body: pauseFor,
		example: { body: { for: 'week' } },
		run: ({ db, viewer, params, body }) => snoozeDevice(db, viewer, params.id, body.for)
	}),
	endpoint({
		...{ ...of, method: 'DELETE', path: '/me/push-devices/{id}', scope: 'write', summary: 'Tell a device no more' },
		params,
		run: ({ db, viewer, params }) => removeDevice(db, viewer, params.id)
	})
];
