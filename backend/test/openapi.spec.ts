import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Of the built app: the descriptions come from comments, by way of the build.
const backend = join(__dirname, '..');
const writer = join(backend, 'dist', 'openapi', 'write-document.js');

interface Operation {
  operationId: string;
  summary?: string;
  security?: unknown[];
  parameters?: { name: string; in: string; schema?: { type?: string } }[];
  responses: Record<
    string,
    {
      description: string;
      content?: Record<
        string,
        { schema: { $ref?: string }; examples?: Record<string, { value: unknown }> }
      >;
    }
  >;
}
const document = JSON.parse(readFileSync(join(backend, 'openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  security: unknown[];
  components: { securitySchemes: Record<string, unknown> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
    method,
    path,
    operation,
  ]),
);

it('the committed document is the one that the built app writes', () => {
  if (!existsSync(writer)) throw new Error('The backend is not built: npm run build -w backend');
  const { status, stderr } = spawnSync(process.execPath, [writer, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

it('every route of the contract is in it', () => {
  expect(operations.map(([method, path]) => `${method} ${path}`).toSorted()).toEqual([
    'delete /api/users/{userId}/tasks/{taskId}',
    'get /api/users/{userId}',
    'get /api/users/{userId}/tasks',
    'get /api/users/{userId}/tasks/{taskId}',
    'get /health',
    'get /health/live',
    'patch /api/users/{userId}/tasks/{taskId}',
    'post /api/users/{userId}/tasks',
  ]);
});

describe.each(operations)('%s %s', (method, path, operation) => {
  it('has a summary, and each response a description', () => {
    expect(operation.summary).toMatch(/\S/);
    for (const { description } of Object.values(operation.responses))
      expect(description).toMatch(/\S/);
  });

  it('declares each parameter of its path, with a type', () => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(declared.map(({ name }) => name).toSorted()).toEqual(named.toSorted());
    for (const { schema } of declared) expect(schema?.type).toBe('string');
  });

  it('asks for a token unless it is public, and lists what it may answer', () => {
    const isPublic = !path.includes('{userId}');
    expect(operation.security).toEqual(isPublic ? [{}] : [{ 'access-token': [] }]);
    const success = { post: '201', delete: '204' }[method] ?? '200';
    const expected = [
      success,
      '400',
      '408',
      '431',
      '500',
      ...(isPublic ? [] : ['401', '403', '414', '429', '503']),
      ...(path === '/health' ? ['503'] : []),
      ...(path.includes('{taskId}') ? ['404'] : []),
      // A body is read with these methods, wanted or not.
      ...(method === 'get' ? [] : ['413', '415']),
    ];
    expect(Object.keys(operation.responses).toSorted()).toEqual(expected.toSorted());
  });

  it('answers every failure with the Problem schema and an example of that status', () => {
    for (const [status, { content }] of Object.entries(operation.responses)) {
      if (Number(status) < 400) continue;
      const problem = content?.['application/problem+json'];
      expect(problem?.schema).toEqual({ $ref: '#/components/schemas/Problem' });
      for (const { value } of Object.values(problem?.examples ?? {})) {
        expect(value).toMatchObject({ status: Number(status) });
      }
      expect(Object.keys(problem?.examples ?? {})).not.toEqual([]);
    }
  });
});

it('a route that says nothing asks for a token', () => {
  expect(document.security).toEqual([{ 'access-token': [] }]);
});

it('bearer tokens are the only security scheme', () => {
  expect(document.components.securitySchemes).toEqual({
    'access-token': expect.objectContaining({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
    }),
  });
});
