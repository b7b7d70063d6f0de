import { IsString, MaxLength, MinLength } from 'class-validator';

export class SignInDto {
  /** 用户名 / User name */
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  username: string;

  /** 口令 / Password */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  password: string;
}

export class ChangePasswordDto {
  /** 现口令 / The password until now */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  current: string;

  /** 新口令 / The password from now on */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  next: string;
}
