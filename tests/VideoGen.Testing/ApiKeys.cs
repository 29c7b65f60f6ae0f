using System.Net;
using System.Text.RegularExpressions;

namespace VideoGen.Testing;

/// <summary>API keys of a running program, made as an operator makes them: by its own command.</summary>
public static partial class ApiKeys
{
    /// <summary>Makes a key, waits until the running program asks for one, and returns it.</summary>
    public static async Task<string> MakeKeyAsync(this ApiProcess api, string name)
    {
        var said = await api.RunAsync("keys", "add", name);
        await Eventually.GetAsync(
            () => StatusAsync(api.Client), status => status is HttpStatusCode.Unauthorized,
            status => $"A stranger is still answered {status}.");
        return Key().Match(said).Value;
    }

    /// <summary>Revokes a key.</summary>
    public static Task RevokeKeyAsync(this ApiProcess api, string name) => api.RunAsync("keys", "revoke", name);

    /// <summary>Runs a command of the program over the same data, and returns what it says.</summary>
    private static async Task<string> RunAsync(this ApiProcess api, params string[] command)
    {
        using var process = ProductProcess.Start("VideoGen.Api", command, [("VideoGen__DataDirectory", api.DataDirectory)]);
        await Eventually.TrueAsync(
            () => process.HasExited && process.Log.Contains(" key ", StringComparison.Ordinal), "The command does not end.");
        return process.Log;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/generations");
        return answer.StatusCode;
    }

    [GeneratedRegex(@"vg_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")]
    private static partial Regex Key();
}
