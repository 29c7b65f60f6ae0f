using Microsoft.Extensions.Options;

namespace VideoGen.Grains.Media;

/// <summary>
/// Creates the data directory and writes a file into it, so that the start reports what an upload would run into.
/// </summary>
internal sealed class DataDirectoryCheck : IValidateOptions<MediaOptions>
{
    public ValidateOptionsResult Validate(string? name, MediaOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            return ValidateOptionsResult.Skip;    // reported by another check
        }

        try
        {
            Directory.CreateDirectory(options.MediaDirectory);
            var probe = Path.Combine(options.MediaDirectory, $"{Guid.NewGuid():N}.probe");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0,
                FileOptions.DeleteOnClose))
            {
                return ValidateOptionsResult.Success;
            }
        }
        catch (IOException exception) when (DiskFull.Caused(exception))
        {
            return ValidateOptionsResult.Success;    // existing files can be served, and new generations are refused
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ValidateOptionsResult.Fail($"{nameof(MediaOptions.DataDirectory)}: "
                + $"{options.DataDirectory} cannot be created or written ({exception.Message.TrimEnd('.')}). "
                + "Make it writable for this user, or choose another directory.");
        }
    }
}
