using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.Refusals;

/// <summary>
/// Tells what a refusal is about: by its status and by the machine's names in it first, by whether it has the shape in which
/// providers report errors, and by whole words of its sentence last.
/// </summary>
internal static class RefusalRules
{
    public static RefusalKind KindOf(Exchange.Reply reply, int status)
    {
        if (status is 408 or 425 or >= 500)
        {
            return RefusalKind.Away;
        }

        var signs = ErrorSigns.Read(reply);
        return Array.ConvertAll(signs.Names, ErrorNames.Find).FirstOrDefault(kind => kind is not null) ?? status switch
        {
            401 => RefusalKind.Token,
            402 => RefusalKind.Credit,
            403 => signs.HasShape ? BySentence(signs) ?? RefusalKind.Permission : RefusalKind.Gateway,
            404 or 410 => RefusalKind.Model,
            413 => RefusalKind.TooLarge,
            429 => BySentence(signs) is RefusalKind.Credit ? RefusalKind.Credit : RefusalKind.Rate,
            499 => RefusalKind.Canceled,
            400 or 409 or 411 or 415 or 422 when signs.HasShape => BySentence(signs) ?? RefusalKind.Input,
            400 or 409 or 411 or 415 or 422 => RefusalKind.Unexplained,
            _ => RefusalKind.Other,
        };
    }

    // What is said about a field that was read wrongly repeats names and values, and is no sentence about the account.
    private static RefusalKind? BySentence(ErrorSigns signs) =>
        Array.Exists(signs.Names, ErrorNames.IsAboutInput) ? RefusalKind.Input
        : ProviderText.TellOfMissingCredit(signs.Sentence) ? RefusalKind.Credit
        : ProviderText.TellOfUnservedModel(signs.Sentence) ? RefusalKind.Model
        : ProviderText.TellOfRefusedContent(signs.Sentence) ? RefusalKind.Content
        : null;
}
