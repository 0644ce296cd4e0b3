import { Type } from 'class-transformer';
import { IsString, ValidateNested } from 'class-validator';
import { createValidationPipe } from './validation.pipe.js';

class Street {
  @IsString({ message: 'The street needs a name.' })
  name: string;
}

class Address {
  @ValidateNested()
  @Type(() => Street)
  street: Street;
}

class Ruleless {}

const errorsOf = (metatype: new () => object, body: unknown) =>
  createValidationPipe()
    .transform(body, { type: 'body', metatype })
    .then(
      () => [],
      (error: { errors: unknown }) => error.errors,
    );

describe('the validation of a request', () => {
  it('names nested fields with dots, unknown ones too', async () => {
    expect(await errorsOf(Address, { street: { name: 7, number: 1 } })).toEqual([
      { field: 'street.number', message: 'street.number is not a field of this request.' },
      { field: 'street.name', message: 'The street needs a name.' },
    ]);
  });

  it('refuses everything where a DTO declares no rule, rather than letting everything pass', async () => {
    expect(await errorsOf(Ruleless, {})).toEqual([
      { field: 'body', message: 'The body must be a JSON object.' },
    ]);
  });

  it('lets a valid request through', async () => {
    expect(await errorsOf(Address, { street: { name: 'Main' } })).toEqual([]);
  });
});
