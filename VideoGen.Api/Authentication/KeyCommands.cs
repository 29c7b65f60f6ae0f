using System.CommandLine;
using System.Globalization;

namespace VideoGen.Api.Authentication;

/// <summary>
/// The commands <c>keys add</c>, <c>keys list</c> and <c>keys revoke</c>. They change the key file, which running servers read
/// within seconds.
/// </summary>
internal static class KeyCommands
{
    public const string Name = "keys";

    private const int MaxDays = 36_500;

    public static int Run(string[] args) => Run(
        args, new ConfigurationBuilder().AddEnvironmentVariables().Build(), TimeProvider.System, Console.Out, Console.Error);

    public static int Run(string[] args, IConfiguration settings, TimeProvider time, TextWriter output, TextWriter error)
    {
        var file = new KeyFile(KeyFile.PathIn(settings));
        var keys = new Command(Name, $"Manages the API keys in {file.Path} (VideoGen__Keys__File). As soon as there is one, "
            + "every request needs a key.")
        {
            Add(file, time, output),
            List(file, time, output),
            Revoke(file, output, error),
        };
        try
        {
            return new RootCommand("VideoGen turns a picture and a script into an MP4.") { keys }
                .Parse(args).Invoke(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The file is not a key file, not accessible, or being changed by another command.
            error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static Command Add(KeyFile file, TimeProvider time, TextWriter output)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "The name of the key: letters, digits, dots, dashes, underscores",
        };
        var owner = new Option<string?>("--owner")
        {
            Description = "The owner of the videos that the key creates and sees; NAME by default",
        };
        var days = new Option<string?>("--expires")
        {
            Description = "The number of days after which the key expires",
            HelpName = "DAYS",
        };
        var add = new Command("add", "Creates a key and shows it once.") { name, owner, days };
        add.Validators.Add(given => Check(given.GetValue(name), given.GetValue(owner), given.GetValue(days), given.AddError));
        add.SetAction(given =>
        {
            var (named, now) = (given.GetRequiredValue(name), time.GetUtcNow());
            DateTimeOffset? end = given.GetValue(days) is { } count ? now.AddDays(DaysIn(count)!.Value) : null;
            var (key, text) = ApiKey.Make(named, given.GetValue(owner) ?? named, end, now);
            file.Change(ring => ring.Find(named) is null
                ? ring.With(key)
                : throw new InvalidDataException($"A key named {named} already exists."));
            output.WriteLine(text);
            output.WriteLine();
            output.WriteLine($"This is the key {key.Name} of {key.Owner}. Copy it now: only its hash is stored, and it is not "
                + "shown again.");
        });
        return add;
    }

    private static Command List(KeyFile file, TimeProvider time, TextWriter output)
    {
        var list = new Command("list", "Lists the keys.");
        list.SetAction(_ =>
        {
            var keys = file.Read() is { } json ? KeyRing.Parse(json).Keys : [];
            foreach (var key in keys)
            {
                var end = EndOf(key, time.GetUtcNow());
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{key.Id}  {key.Name,-24} owner {key.Owner,-24} created {key.CreatedAt:yyyy-MM-dd}{end}"));
            }
        });
        return list;
    }

    private static Command Revoke(KeyFile file, TextWriter output, TextWriter error)
    {
        var which = new Argument<string>("NAME|ID") { Description = "A name or id that keys list shows" };
        var revoke = new Command("revoke", "Revokes a key. After the last one is revoked, every request is rejected until a "
            + "key is created.")
        {
            which,
        };
        revoke.SetAction(given =>
        {
            // Do not look inside Change: it would create a missing file, and an existing file closes the service.
            if (file.Read() is not { } json || KeyRing.Parse(json).Find(given.GetRequiredValue(which)) is not { } key)
            {
                error.WriteLine("No such key.");
                return 1;
            }

            file.Change(ring => ring.Without(key));
            output.WriteLine($"Revoked the key {key.Name} ({key.Id}).");
            return 0;
        });
        return revoke;
    }

    private static void Check(string? name, string? owner, string? days, Action<string> addError)
    {
        if (!ApiKey.IsName(name ?? "") || !ApiKey.IsName(owner ?? "x"))
        {
            addError("NAME and OWNER must be 1 to 64 letters, digits, dots, dashes or underscores, and must begin with a "
                + "letter or digit.");
        }

        if (days is not null && DaysIn(days) is null)
        {
            addError($"DAYS must be a whole number from 1 to {MaxDays}.");
        }
    }

    private static int? DaysIn(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MaxDays
            ? days
            : null;

    private static string EndOf(ApiKey key, DateTimeOffset now) => key.ExpiresAt is not { } end ? ""
        : string.Create(CultureInfo.InvariantCulture, $", {(key.IsValidAt(now) ? "expires" : "expired")} {end:yyyy-MM-dd}");
}
