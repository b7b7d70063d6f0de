import { IsString, Length } from 'class-validator';

export class UploadQueryDto {
  /** Name of the file, ending in `.csv` or `.xlsx`. */
  @IsString()
  @Length(5, 200)
  fileName: string;
}
