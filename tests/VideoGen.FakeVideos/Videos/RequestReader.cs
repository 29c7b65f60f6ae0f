using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.FakeVideos.Dialects;
using VideoGen.FakeVideos.Jobs;
using VideoGen.FakeVideos.Rendering;

namespace VideoGen.FakeVideos.Videos;

/// <summary>Makes a request of the fields of a create, as strictly as the dialect does.</summary>
internal sealed class RequestReader(VideosSettingsBoard settings, PictureFiles pictures)
{
    private const int DefaultFps = 24;
    private const int MostFrames = 3_000;

    public (VideoRequest? Request, IResult? Refusal) Read(CreateFields fields, DialectShape dialect)
    {
        var current = settings.Current;
        if (fields["prompt"] is not { } prompt)
        {
            return (null, dialect.Invalid("prompt", "Field required"));
        }

        if (dialect.ChecksModel && fields["model"] is { } model && model != current.Model)
        {
            var served = $"The model `{model}` is not served; this server serves `{current.Model}`.";
            return (null, dialect.Error(400, served, "model"));
        }

        foreach (var name in (string[])["seconds", "fps", "num_frames", "width", "height", "seed"])
        {
            if (fields[name] is { } text && !IsNumber(text, name))
            {
                return (null, dialect.Invalid(name, $"Input should be a valid integer: '{text}'"));
            }
        }

        var (picture, refusal) = Picture(fields, dialect, current);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        if (Size(fields) is not var (width, height))
        {
            return (null, dialect.Invalid("size", "String should match pattern '^\\d+x\\d+$', with sides from 16 to 4096"));
        }

        var fps = Number(fields, "fps") ?? DefaultFps;
        var seconds = Number(fields, "seconds") ?? dialect.DefaultSeconds;
        var frames = Number(fields, "num_frames") ?? (seconds is { } length ? (long)length * fps : 1);
        return fps is < 1 or > 120 || frames is < 1 or > MostFrames
            ? (null, dialect.Error(400, $"fps is from 1 to 120, and there are at most {MostFrames} frames.", "num_frames"))
            : (new(prompt, fields["model"] ?? current.Model, width, height, fps, (int)frames)
            {
                Seed = fields["seed"] is { } seed ? long.Parse(seed, CultureInfo.InvariantCulture) : null,
                Sound = dialect is VllmOmniShape && bool.TryParse(fields["generate_sound"], out var sound) && sound,
                Picture = picture,
            }, null);
    }

    private (string? Hash, IResult? Refusal) Picture(CreateFields fields, DialectShape dialect, VideosSettings current)
    {
        var (bytes, problem) = fields.File is { } file ? (file, null) : FromText(fields, dialect);
        if (fields.File is not null && fields["image_reference"] is not null)
        {
            problem = "Provide either input_reference or image_reference, not both.";
        }

        if (problem is not null)
        {
            return (null, dialect.Error(400, problem, "input_reference"));
        }

        return current.TaskType switch
        {
            "I2V" when bytes is not { Length: > 0 } =>
                (null, dialect.Error(400, "input_reference file is required", "input_reference")),
            "T2V" => (null, null),
            _ when bytes is not { Length: > 0 } => (null, null),
            _ when !PictureFiles.IsPicture(bytes) => (null, dialect.Error(400, "Failed to process image", "input_reference")),
            _ => (pictures.Keep(bytes), null),
        };
    }

    /// <summary>A picture in a text: <c>data:image/png;base64,iVBO…</c>, or the text of an object with that in it.</summary>
    private static (byte[]? Bytes, string? Problem) FromText(CreateFields fields, DialectShape dialect)
    {
        var text = dialect is VllmOmniShape
            ? fields["image_reference"]
            : fields["input_reference"] ?? fields["reference_url"] ?? fields["image_reference"];
        if (text?.StartsWith('{') == true)
        {
            text = Inner(text);
        }

        var comma = text?.IndexOf(";base64,", StringComparison.Ordinal) ?? -1;
        if (text is null)
        {
            return (null, null);
        }

        var bytes = new byte[text.Length];
        return !text.StartsWith("data:", StringComparison.Ordinal) ? (null, "This server takes files and data URLs only.")
            : comma > 0 && Convert.TryFromBase64String(text[(comma + ";base64,".Length)..], bytes, out var length)
                ? (bytes[..length], null)
            : (null, "Failed to process image: invalid base64");
    }

    private static string Inner(string json)
    {
        try
        {
            return JsonNode.Parse(json)?["image_url"]?.ToString() ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static (int Width, int Height)? Size(CreateFields fields)
    {
        var width = Number(fields, "width") ?? 832;
        var height = Number(fields, "height") ?? 480;
        if (fields["size"] is { } size)
        {
            if (size.Split('x') is not [var wide, var high] || !IsNumber(wide, "size") || !IsNumber(high, "size"))
            {
                return null;
            }

            (width, height) = (int.Parse(wide, CultureInfo.InvariantCulture), int.Parse(high, CultureInfo.InvariantCulture));
        }

        return width is < 16 or > 4096 || height is < 16 or > 4096 ? null : (width, height);
    }

    private static bool IsNumber(string text, string name) => name == "seed"
        ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        : !text.StartsWith('0') && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static int? Number(CreateFields fields, string name) =>
        fields[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
