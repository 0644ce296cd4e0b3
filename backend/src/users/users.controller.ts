import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentUser, OwnedBy, type Principal } from '../auth/index.js';
import { ApiCommonProblems } from '../http/api-problem.decorator.js';
import { PrincipalDto, toPrincipalDto } from './dto/principal.dto.js';

@ApiTags('users')
@Controller('users/:userId')
@OwnedBy('userId')
@ApiCommonProblems()
export class UsersController {
  /** Who am I? */
  @Get()
  @ApiOkResponse({ description: 'You', type: PrincipalDto })
  whoAmI(@CurrentUser() principal: Principal): PrincipalDto {
    return toPrincipalDto(principal);
  }
}
